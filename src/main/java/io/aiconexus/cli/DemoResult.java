package io.aiconexus.cli;

import io.aiconexus.webrtc.ConnectionStats;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/**
 * What the demo measured.
 *
 * @param engine the engine that carried it
 * @param connectMs from the connect command to the open channel, in milliseconds
 * @param stats the path
 * @param rttP50Us median round trip of 64 bytes, in microseconds
 * @param rttP99Us 99th percentile of the same
 * @param messagesPerSecond 64-byte messages one way
 * @param megabytesPerSecond millions of bytes per second one way, in 16-KiB messages
 * @param execResult what the other agent answered
 */
record DemoResult(String engine, double connectMs, ConnectionStats stats, long rttP50Us, long rttP99Us,
                  long messagesPerSecond, double megabytesPerSecond, Object execResult) {

  JsonObject toJson() {
    return new JsonObject().put("engine", engine).put("connected", true).put("connect_ms", rounded(connectMs))
      .put("candidate_pair", stats.candidatePair()).put("dtls", stats.dtlsCipher())
      .put("rtt_us", new JsonObject().put("p50", rttP50Us).put("p99", rttP99Us))
      .put("messages_per_second", messagesPerSecond).put("megabytes_per_second", rounded(megabytesPerSecond))
      .put("exec_result", execResult);
  }

  String summary() {
    return String.format(Locale.ROOT, "%n%s engine: connected in %.1f ms over %s; round trip %d us (p99 %d us); "
        + "%,d messages/s of 64 B; %.1f MB/s; 2 + 3 = %s", engine, connectMs, stats.candidatePair(), rttP50Us, rttP99Us,
      messagesPerSecond, megabytesPerSecond, execResult);
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
