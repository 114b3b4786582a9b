package io.aiconexus.webrtc.net;

import java.time.Duration;

/**
 * How one direction of a simulated path treats packets.
 *
 * @param loss           the share of packets that disappear, 0 to 1
 * @param duplication    the share that arrives twice
 * @param reordering     the share that is held back by up to {@code hold}
 * @param delay          the time that every packet takes
 * @param hold           the longest time that a reordered packet takes on top
 * @param bytesPerSecond the rate of the bottleneck, 0 for none
 * @param queueBytes     what waits before the bottleneck at most; more is dropped
 * @param mtu            longer packets disappear
 */
public record LinkConditions(double loss, double duplication, double reordering, Duration delay, Duration hold,
                             long bytesPerSecond, int queueBytes, int mtu) {

  /** Nothing is lost, and everything arrives at once. */
  public static final LinkConditions PERFECT =
    new LinkConditions(0, 0, 0, Duration.ZERO, Duration.ZERO, 0, Integer.MAX_VALUE, 65_535);

  /** The same, losing this share. */
  public LinkConditions withLoss(double share) {
    return new LinkConditions(share, duplication, reordering, delay, hold, bytesPerSecond, queueBytes, mtu);
  }

  /** The same, with this share arriving twice. */
  public LinkConditions withDuplication(double share) {
    return new LinkConditions(loss, share, reordering, delay, hold, bytesPerSecond, queueBytes, mtu);
  }

  /** The same, holding this share back by up to {@code longest}. */
  public LinkConditions withReordering(double share, Duration longest) {
    return new LinkConditions(loss, duplication, share, delay, longest, bytesPerSecond, queueBytes, mtu);
  }

  /** The same, with another delay. */
  public LinkConditions withDelay(Duration time) {
    return new LinkConditions(loss, duplication, reordering, time, hold, bytesPerSecond, queueBytes, mtu);
  }

  /** The same through a bottleneck of {@code rate} bytes per second with a queue of {@code queue} bytes. */
  public LinkConditions withRate(long rate, int queue) {
    return new LinkConditions(loss, duplication, reordering, delay, hold, rate, queue, mtu);
  }

  /** The same, with longer packets disappearing. */
  public LinkConditions withMtu(int longest) {
    return new LinkConditions(loss, duplication, reordering, delay, hold, bytesPerSecond, queueBytes, longest);
  }
}
