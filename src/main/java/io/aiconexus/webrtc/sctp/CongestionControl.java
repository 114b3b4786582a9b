package io.aiconexus.webrtc.sctp;

/**
 * The congestion window: slow start, then CUBIC (RFC 9438), in bytes.
 * <p>
 * CUBIC rather than the NewReno of RFC 9260 section 7.2: it gives up 30 % instead of half on a loss and never grows
 * slower than NewReno would, so it is fair to it on short paths and fills long ones, and it is what the TCP and QUIC
 * flows beside us do.
 */
final class CongestionControl {

  /** Ten packets to begin with (RFC 6928). */
  static final int INITIAL_PACKETS = 10;

  private static final int MINIMUM_PACKETS = 4;
  private static final double BETA = 0.7;
  private static final double C = 0.4;
  /** Grows as fast as NewReno does on average, despite the smaller cut (RFC 9438 section 4.3). */
  private static final double ALPHA = 3 * (1 - BETA) / (1 + BETA);
  private static final double SECOND = 1e9;

  private final int mtu;
  private final int limit;
  private double window;
  private double threshold = Integer.MAX_VALUE;
  private double before;
  private double renoWindow;
  private double plateauAfter;
  private long epoch = Deadlines.NEVER;

  CongestionControl(int mtu, int limit) {
    this.mtu = mtu;
    this.limit = limit;
    this.window = Math.min(limit, INITIAL_PACKETS * mtu);
  }

  /** How many bytes may be in flight. */
  int window() {
    return (int) window;
  }

  /** Grows the window for newly acknowledged bytes; called only when the window was what limited us. */
  void acknowledged(int bytes, long now, long roundTrip) {
    if (window < threshold) {
      window = Math.min(limit, window + Math.min(bytes, 2 * mtu));
      return;
    }
    if (epoch == Deadlines.NEVER) {
      startEpoch(now);
    }
    double target = cubic((now - epoch + roundTrip) / SECOND);
    double alpha = renoWindow < before ? ALPHA : 1;
    renoWindow += alpha * bytes * mtu / window;
    double step = Math.max(0, Math.min(target, 1.5 * window) - window) / window * Math.min(bytes, 2 * mtu);
    window = Math.min(limit, Math.max(window + step, renoWindow));
  }

  private void startEpoch(long now) {
    epoch = now;
    renoWindow = window;
    before = Math.max(before, window);
    plateauAfter = Math.cbrt((before - window) / mtu / C);
  }

  private double cubic(double seconds) {
    double away = seconds - plateauAfter;
    return (C * away * away * away) * mtu + before;
  }

  /** Cuts the window for one round trip with losses. */
  void lost() {
    before = window < before ? window * (1 + BETA) / 2 : window;
    window = Math.max(window * BETA, MINIMUM_PACKETS * mtu);
    threshold = window;
    epoch = Deadlines.NEVER;
  }

  /** Starts again from one packet after a timeout (RFC 9260 section 7.2.3). */
  void timedOut() {
    before = window;
    threshold = Math.max(window * BETA, MINIMUM_PACKETS * mtu);
    window = mtu;
    epoch = Deadlines.NEVER;
  }

  /** Forgets what was not used for {@code periods} timeouts (RFC 9260 section 7.2.1, RFC 7661). */
  void idle(long periods) {
    double floor = Math.min(limit, INITIAL_PACKETS * mtu);
    if (window > floor) {
      threshold = Math.max(threshold, window * 3 / 4);
      window = Math.max(floor, window / (1L << Math.min(periods, 30)));
    }
    epoch = Deadlines.NEVER;
  }
}
