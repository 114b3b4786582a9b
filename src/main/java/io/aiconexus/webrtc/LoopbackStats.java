package io.aiconexus.webrtc;

/** What a connection in memory tells of itself. */
final class LoopbackStats {

  private static final IceChecks PAIRED = new IceChecks(1, 1, 1, 1, "host/host udp", "succeeded");

  private LoopbackStats() {
  }

  /** Of one that is joined with its other end. */
  static ConnectionStats paired(LoopbackStreams streams) {
    return new ConnectionStats("host", "host", "udp", 0.0, "connected", null, streams.sent(), streams.received(),
      PAIRED, null);
  }

  /** Of one that is not; {@code error} says why, or is null. */
  static ConnectionStats alone(ErrorDetail error) {
    return error == null ? ConnectionStats.NONE
      : new ConnectionStats(null, null, null, null, "failed", null, 0, 0, PAIRED, error);
  }
}
