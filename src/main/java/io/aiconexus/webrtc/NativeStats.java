package io.aiconexus.webrtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Map;

/** Finds in a report of libwebrtc what {@link ConnectionStats} tells; whatever is not there stays null or 0. */
final class NativeStats {

  private static final double MILLIS = 1_000;

  private NativeStats() {
  }

  static ConnectionStats of(RTCStatsReport report) {
    Map<String, RTCStats> all = report.getStats();
    RTCStats transport = all.values().stream().filter(one -> one.getType() == RTCStatsType.TRANSPORT).findFirst()
      .orElse(null);
    RTCStats pair = all.get(text(transport, "selectedCandidatePairId"));
    RTCStats local = all.get(text(pair, "localCandidateId"));
    RTCStats remote = all.get(text(pair, "remoteCandidateId"));
    Double trip = number(pair, "currentRoundTripTime");
    return new ConnectionStats(text(local, "candidateType"), text(remote, "candidateType"), text(local, "protocol"),
      trip == null ? null : Double.valueOf(trip * MILLIS), text(transport, "dtlsState"), text(transport, "dtlsCipher"),
      whole(transport, "bytesSent"), whole(transport, "bytesReceived"));
  }

  private static Object value(RTCStats stats, String name) {
    return stats == null ? null : stats.getAttributes().get(name);
  }

  private static String text(RTCStats stats, String name) {
    Object value = value(stats, name);
    return value == null ? null : value.toString();
  }

  private static Double number(RTCStats stats, String name) {
    return value(stats, name) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }

  private static long whole(RTCStats stats, String name) {
    return value(stats, name) instanceof Number number ? number.longValue() : 0;
  }
}
