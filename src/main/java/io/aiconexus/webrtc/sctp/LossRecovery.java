package io.aiconexus.webrtc.sctp;

/**
 * What a SACK says about our chunks: which arrived, which are lost, how long the way takes.
 * <p>
 * A chunk counts as lost when a packet sent three or more packets later has arrived. That is RFC 9260's three miss
 * indications, counted in packets sent instead of SACKs received, so that lost and merged SACKs do not slow it down,
 * and it finds retransmissions that are lost again without waiting for the timeout (RFC 9002 section 6.1.1, RFC
 * 8985).
 */
final class LossRecovery {

  private static final int REORDERING = 3;

  private final Outstanding outstanding;
  private final CongestionControl congestion;
  private final Abandonment abandonment;
  private final RtoEstimator rto;
  /** The number of the newest packet with data, and of the newest known to have arrived. */
  private long packet;
  private long arrived;
  /** Losses in packets up to this one belong to a round trip that was already paid for. */
  private long recoveryUntil;
  private long newestSample;
  private boolean outOfOrder;
  private int freed;
  private long losses;

  LossRecovery(Outstanding outstanding, CongestionControl congestion, Abandonment abandonment, RtoEstimator rto) {
    this.outstanding = outstanding;
    this.congestion = congestion;
    this.abandonment = abandonment;
    this.rto = rto;
  }

  long nextPacket() {
    return ++packet;
  }

  long losses() {
    return losses;
  }

  /**
   * Takes a SACK apart, {@code blocks} gap blocks at {@code at}; returns whether anything new was acknowledged.
   * Fails with a {@link Violation} when it acknowledges what was never sent.
   */
  boolean acknowledged(long cumulative, byte[] bytes, int at, int blocks, boolean windowFull, long now) {
    freed = 0;
    newestSample = Deadlines.NEVER;
    outOfOrder = blocks > 0;
    boolean advanced = cumulative > outstanding.acked();
    for (long tsn = outstanding.acked() + 1; tsn <= cumulative; tsn++) {
      arrived(tsn, now);
    }
    outstanding.release(cumulative);
    gaps(cumulative, bytes, at, blocks, now);
    abandonment.advance();
    if (newestSample != Deadlines.NEVER) {
      rto.measured(now - newestSample);
    }
    if (outOfOrder) {
      findLost(now);
    }
    if (freed > 0 && windowFull && arrived > recoveryUntil) {
      congestion.acknowledged(freed, now, rto.smoothed());
    }
    return advanced || freed > 0;
  }

  private void gaps(long cumulative, byte[] bytes, int at, int blocks, long now) {
    long highest = cumulative;
    for (int i = 0; i < blocks; i++) {
      int start = Wire.uint16(bytes, at + 4 * i);
      int end = Wire.uint16(bytes, at + 4 * i + 2);
      if (start == 0 || end < start || cumulative + end >= outstanding.next()) {
        throw new Violation("SACK with gap block " + start + " to " + end + ", "
          + (outstanding.next() - 1 - cumulative) + " chunks are outstanding");
      }
      // Blocks are in ascending order; one that overlaps those before it is read once only.
      for (long tsn = Math.max(cumulative + start, highest + 1); tsn <= cumulative + end; tsn++) {
        arrived(tsn, now);
      }
      highest = Math.max(highest, cumulative + end);
    }
  }

  private void arrived(long tsn, long now) {
    int bytes = outstanding.acknowledge(tsn);
    if (bytes == 0) {
      return;
    }
    freed += bytes;
    boolean sentOnce = outstanding.sends(tsn) == 1;
    long sentAt = outstanding.sentAt(tsn);
    if (sentOnce) {
      newestSample = sentAt;
    } else {
      outOfOrder = true;
    }
    // An answer faster than any round trip was to the first transmission, and says nothing about the last.
    if (sentOnce || now - sentAt >= rto.shortest()) {
      arrived = Math.max(arrived, outstanding.packet(tsn));
    }
  }

  private void findLost(long now) {
    boolean cut = false;
    for (long tsn = outstanding.acked() + 1; tsn < outstanding.next(); tsn++) {
      if (outstanding.state(tsn) != Outstanding.IN_FLIGHT) {
        continue;
      }
      if (outstanding.packet(tsn) + REORDERING <= arrived) {
        cut |= outstanding.packet(tsn) > recoveryUntil;
        lose(tsn, now);
      } else if (outstanding.sends(tsn) == 1) {
        break;   // all later ones were sent in this packet or later
      }
    }
    if (cut) {
      congestion.lost();
      recoveryUntil = packet;
    }
  }

  private void lose(long tsn, long now) {
    losses++;
    if (abandonment.isSpent(tsn, now)) {
      abandonment.abandon(tsn);
    } else {
      outstanding.lose(tsn);
    }
  }

  /**
   * Counts everything in flight as lost after a timeout. With {@code doubtful}, also what the peer said it has: it may
   * drop what it acknowledged in gap blocks only (RFC 9260 section 6.2.1).
   */
  void timedOut(boolean doubtful, boolean congested, long now) {
    for (long tsn = outstanding.acked() + 1; tsn < outstanding.next(); tsn++) {
      byte state = outstanding.state(tsn);
      if (state == Outstanding.IN_FLIGHT || doubtful && state == Outstanding.ACKED) {
        lose(tsn, now);
      }
    }
    if (congested) {
      congestion.timedOut();
    }
    recoveryUntil = packet;
  }
}
