package io.aiconexus.webrtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds in a report of libwebrtc what {@link ConnectionStats} tells; whatever is not there stays null or 0.
 * <p>
 * A certificate that is not the one announced counts as {@link ErrorDetail#DTLS_FAILURE}: libwebrtc does not tell more.
 */
final class NativeStats {

  private static final double MILLIS = 1_000;

  private final Map<String, RTCStats> all;

  private NativeStats(Map<String, RTCStats> all) {
    this.all = all;
  }

  static ConnectionStats of(RTCStatsReport report) {
    return new NativeStats(report.getStats()).read();
  }

  private ConnectionStats read() {
    RTCStats transport = of(RTCStatsType.TRANSPORT).stream().findFirst().orElse(null);
    RTCStats pair = at(transport, "selectedCandidatePairId");
    RTCStats local = at(pair, "localCandidateId");
    Double trip = number(pair, "currentRoundTripTime");
    return new ConnectionStats(text(local, "candidateType"), text(at(pair, "remoteCandidateId"), "candidateType"),
      text(local, "protocol"), trip == null ? null : Double.valueOf(trip * MILLIS), dtlsState(transport),
      text(transport, "dtlsCipher"), whole(transport, "bytesSent"), whole(transport, "bytesReceived"), checks(),
      "failed".equals(dtlsState(transport)) ? ErrorDetail.DTLS_FAILURE : null);
  }

  private IceChecks checks() {
    List<RTCStats> pairs = of(RTCStatsType.CANDIDATE_PAIR);
    RTCStats last = pairs.stream().filter(pair -> whole(pair, "requestsSent") > 0)
      .max(Comparator.comparing((RTCStats pair) -> number(pair, "lastPacketSentTimestamp"),
        Comparator.nullsFirst(Comparator.naturalOrder()))).orElse(null);
    RTCStats local = at(last, "localCandidateId");
    String types = last == null ? null : text(local, "candidateType") + "/"
      + text(at(last, "remoteCandidateId"), "candidateType") + " " + text(local, "protocol");
    return new IceChecks(pairs.size(), sum(pairs, "requestsSent"), sum(pairs, "responsesReceived"),
      sum(pairs, "requestsReceived"), types, last == null ? null : lower(text(last, "state")));
  }

  private static String dtlsState(RTCStats transport) {
    return lower(text(transport, "dtlsState"));
  }

  private List<RTCStats> of(RTCStatsType type) {
    return all.values().stream().filter(one -> one.getType() == type).toList();
  }

  private RTCStats at(RTCStats stats, String name) {
    String id = text(stats, name);
    return id == null ? null : all.get(id);
  }

  private static long sum(List<RTCStats> of, String name) {
    return of.stream().mapToLong(one -> whole(one, name)).sum();
  }

  private static Object value(RTCStats stats, String name) {
    return stats == null ? null : stats.getAttributes().get(name);
  }

  private static String text(RTCStats stats, String name) {
    Object value = value(stats, name);
    return value == null ? null : value.toString();
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private static Double number(RTCStats stats, String name) {
    return value(stats, name) instanceof Number number ? Double.valueOf(number.doubleValue()) : null;
  }

  private static long whole(RTCStats stats, String name) {
    return value(stats, name) instanceof Number number ? number.longValue() : 0;
  }
}
