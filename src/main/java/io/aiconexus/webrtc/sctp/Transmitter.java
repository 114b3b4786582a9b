package io.aiconexus.webrtc.sctp;

/**
 * Sends messages as DATA chunks: what may go, in which packet, and again when it was lost (RFC 9260 sections 6 and 7).
 */
final class Transmitter {

  /** Packets sent in a row for each SACK; RFC 9260 section 6.1 suggests 4, RFC 6928 made 10 common. */
  private static final int BURST = 10;
  /** A message longer than a packet is not begun in less room than this. */
  private static final int SMALLEST_PART = 256;
  /** After so many timeouts in a row the peer may have dropped what it had acknowledged in gap blocks. */
  private static final int DOUBTFUL = 3;

  private final PacketWriter writer;
  private final RtoEstimator rto;
  private final RetransmissionTimers timers;
  private final SendQueue queue;
  private final Outstanding outstanding;
  private final Abandonment abandonment;
  private final CongestionControl congestion;
  private final LossRecovery recovery;
  private final Acknowledger acknowledger;
  private long peerWindow;
  private boolean windowFull;
  private int sacks;
  private long forwardedAt;
  private long lastSent = Deadlines.NEVER;
  private long retransmissions;

  Transmitter(PacketWriter writer, Deadlines deadlines, RtoEstimator rto, SendQueue queue, Acknowledger acknowledger,
              int maxInFlight, long initialTsn) {
    this.writer = writer;
    this.rto = rto;
    this.queue = queue;
    this.acknowledger = acknowledger;
    this.outstanding = new Outstanding(initialTsn);
    this.timers = new RetransmissionTimers(deadlines, rto, outstanding);
    this.abandonment = new Abandonment(outstanding, queue);
    this.congestion = new CongestionControl(writer.capacity(), maxInFlight);
    this.recovery = new LossRecovery(outstanding, congestion, abandonment, rto);
  }

  /**
   * Takes from the peer's INIT its window, and whether it understands FORWARD-TSN; if not, nothing is ever given up.
   */
  void start(long window, boolean forwardTsn) {
    peerWindow = window;
    abandonment.allow(forwardTsn);
  }

  /** Whether nothing waits and everything arrived. */
  boolean isIdle() {
    return queue.isEmpty() && outstanding.isEmpty();
  }

  long lastTsn() {
    return outstanding.next() - 1;
  }

  /** Handles a SACK's value; one older than the newest is ignored. */
  void sack(PacketReader chunk, long now) {
    chunk.require(12);
    byte[] bytes = chunk.packet();
    int at = chunk.body();
    int blocks = Wire.uint16(bytes, at + 8);
    chunk.require(12 + 4 * blocks + 4 * Wire.uint16(bytes, at + 10));
    long cumulative = Wire.extend(outstanding.acked(), Wire.int32(bytes, at));
    if (cumulative < outstanding.acked()) {
      return;
    }
    acknowledged(cumulative, bytes, at + 12, blocks, now);
    peerWindow = Wire.uint32(bytes, at + 4);
    if (peerWindow == 0) {
      timers.peerIsAlive();   // it may keep its window closed for as long as it likes (RFC 9260 section 6.1 A)
    }
  }

  /** Handles the cumulative acknowledgement of a SHUTDOWN. */
  void shutdown(int cumulativeTsn, long now) {
    long cumulative = Wire.extend(outstanding.acked(), cumulativeTsn);
    if (cumulative >= outstanding.acked()) {
      acknowledged(cumulative, null, 0, 0, now);
    }
  }

  private void acknowledged(long cumulative, byte[] bytes, int at, int blocks, long now) {
    if (cumulative >= outstanding.next()) {
      throw new Violation("SACK of " + (cumulative - outstanding.next() + 1) + " chunks that were never sent");
    }
    long before = outstanding.acked();
    boolean progress = recovery.acknowledged(cumulative, bytes, at, blocks, windowFull, now);
    sacks++;
    if (abandonment.isPending() && now - forwardedAt > rto.smoothed()) {
      abandonment.repeat();
    }
    if (progress) {
      timers.acknowledged(cumulative > before, now);
    }
  }

  /** The probe's time came: sends the newest chunk in flight once more. */
  void probe(long now) {
    timers.probed();
    for (long tsn = outstanding.next() - 1; tsn > outstanding.acked(); tsn--) {
      if (outstanding.state(tsn) == Outstanding.IN_FLIGHT) {
        writer.makeRoom(ChunkType.DATA_HEADER + outstanding.length(tsn));
        outstanding.sentAgain(tsn, recovery.nextPacket(), now);
        retransmissions++;
        write(tsn, ChunkType.FLAG_IMMEDIATE);
        writer.send();
        return;
      }
    }
  }

  /** T3-rtx fired: everything in flight goes again. Returns how many timeouts there were in a row. */
  int timedOut(long now) {
    int timeouts = timers.timedOut();
    // A closed window is no sign of congestion: what timed out was a probe (RFC 9260 section 6.1 A).
    boolean congested = peerWindow > 0;
    recovery.timedOut(timeouts % DOUBTFUL == 0, congested, now);
    abandonment.repeat();
    timers.restart(now);
    return timeouts;
  }

  /** Sends what may be sent, a SACK along with it if one waits. */
  void flush(long now) {
    validateWindow(now);
    int burst = BURST * (1 + sacks);
    sacks = 0;
    while (burst-- > 0 && mayFill(now)) {
      fill(burst == 0, now);
    }
    windowFull = outstanding.flight() + writer.capacity() > congestion.window();
    if (abandonment.isDue()) {
      forwardedAt = now;
      abandonment.write(writer);
      timers.sent(now);
    }
  }

  private boolean lostWork() {
    return outstanding.lost() > 0;
  }

  /** A window that was not used for a while says nothing about the path now. */
  private void validateWindow(long now) {
    if (outstanding.isEmpty() && lastSent != Deadlines.NEVER && now - lastSent > rto.rto()) {
      congestion.idle((now - lastSent) / rto.rto());
      lastSent = Deadlines.NEVER;
    }
  }

  private boolean mayFill(long now) {
    return (outstanding.flight() == 0 || outstanding.flight() < congestion.window())
      && (lostWork() || mayTakeNew() && queue.current(now) != null);
  }

  /** Whether the peer has room for a packet of new data; if it has none, one packet at a time asks for it. */
  private boolean mayTakeNew() {
    return outstanding.isEmpty() || outstanding.unacked() + writer.capacity() <= peerWindow;
  }

  /** Fills one packet: lost chunks first, then new ones. */
  private void fill(boolean lastOfBurst, long now) {
    acknowledger.join(writer);
    long packet = recovery.nextPacket();
    int last = lostWork() ? writeLost(packet, now) : -1;
    if (!lostWork() && mayTakeNew()) {
      last = writeNew(packet, last, now);
    }
    if (last >= 0) {
      lastSent = now;
      if (lastOfBurst || !mayFill(now)) {
        writer.flag(last, ChunkType.FLAG_IMMEDIATE);
      }
      timers.sent(now);
    }
    writer.send();
  }

  private int writeLost(long packet, long now) {
    int last = -1;
    long tsn = outstanding.firstLost();
    for (; outstanding.lost() > 0 && tsn < outstanding.next(); tsn++) {
      if (outstanding.state(tsn) != Outstanding.LOST) {
        continue;
      }
      if (abandonment.isExpired(tsn, now)) {
        abandonment.abandon(tsn);
        continue;
      }
      if (writer.room() < ChunkType.DATA_HEADER + outstanding.length(tsn)) {
        if (last >= 0) {
          break;
        }
        writer.send();
      }
      last = writer.position();
      outstanding.resent(tsn, packet, now);
      retransmissions++;
      write(tsn, 0);
    }
    outstanding.firstLost(tsn);
    return last;
  }

  private int writeNew(long packet, int before, long now) {
    int last = before;
    int most = writer.capacity() - ChunkType.DATA_HEADER;
    OutboundMessage message;
    while ((message = queue.current(now)) != null) {
      int room = writer.room() - ChunkType.DATA_HEADER;
      int rest = message.rest();
      if (room < rest && (rest <= most || room < SMALLEST_PART)) {
        break;
      }
      int length = Math.min(room, rest);
      int from = message.taken;
      last = writer.position();
      queue.took(message, length);
      write(outstanding.add(message, from, length, packet, now), 0);
    }
    return last;
  }

  private void write(long tsn, int extraFlags) {
    OutboundMessage message = outstanding.message(tsn);
    int from = outstanding.from(tsn);
    int length = outstanding.length(tsn);
    int flags = extraFlags
      | (message.delivery.ordered() ? 0 : ChunkType.FLAG_UNORDERED)
      | (from == 0 ? ChunkType.FLAG_BEGIN : 0)
      | (from + length == message.data.length ? ChunkType.FLAG_END : 0);
    writer.data(flags, (int) tsn, message, from, length);
  }

  long retransmissions() {
    return retransmissions;
  }

  long losses() {
    return recovery.losses();
  }

  long abandoned() {
    return abandonment.messages();
  }

  int congestionWindow() {
    return congestion.window();
  }

  int inFlight() {
    return outstanding.flight();
  }
}
