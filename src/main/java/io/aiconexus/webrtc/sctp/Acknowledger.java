package io.aiconexus.webrtc.sctp;

import io.aiconexus.webrtc.sctp.Deadlines.Timer;

/** Decides when a SACK goes out, and writes it (RFC 9260 sections 3.3.4 and 6.2, RFC 7053). */
final class Acknowledger {

  private static final int FIXED = 16;
  private static final int MOST_DUPLICATES = 16;

  private final ReceivedTsns tsns;
  private final ReceiveWindow window;
  private final Deadlines deadlines;
  private final long delay;
  private final int[] duplicates = new int[MOST_DUPLICATES];
  private int duplicateCount;
  /** Packets with data since the last SACK. */
  private int packets;
  private boolean packetHadData;
  private boolean atOnce;
  private boolean atFlush;

  Acknowledger(ReceivedTsns tsns, ReceiveWindow window, Deadlines deadlines, long delay) {
    this.tsns = tsns;
    this.window = window;
    this.deadlines = deadlines;
    this.delay = delay;
  }

  void received(int flags) {
    packetHadData = true;
    atFlush |= (flags & ChunkType.FLAG_IMMEDIATE) != 0;
  }

  void duplicate(long tsn) {
    if (duplicateCount < MOST_DUPLICATES) {
      duplicates[duplicateCount++] = (int) tsn;
    }
    soon();
  }

  /** Asks for a SACK at the end of this packet: something is missing, or was until now. */
  void now() {
    packetHadData = true;
    atOnce = true;
  }

  /** Asks for a SACK at the end of this burst of packets. */
  void soon() {
    packetHadData = true;
    atFlush = true;
  }

  /**
   * At the end of a received packet: writes the SACK that cannot wait. That is one for every second packet, and for
   * every packet while something is missing; one per burst would be too few when SACKs get lost.
   */
  void endOfPacket(PacketWriter writer, long now) {
    if (!packetHadData) {
      return;
    }
    packetHadData = false;
    packets++;
    if (atOnce || packets >= 2 || tsns.hasGaps()) {
      write(writer);
      writer.send();
    } else if (!deadlines.isSet(Timer.SACK)) {
      deadlines.set(Timer.SACK, now + delay);
    }
  }

  /** The delay is over. */
  void timedOut() {
    atFlush = true;
  }

  /** At the end of a burst: writes the SACK that was asked for, or tells of a window that opened again. */
  void flush(PacketWriter writer) {
    if (atFlush || window.hasOpened()) {
      write(writer);
    }
  }

  /** Data is about to go out: a SACK that waits goes with it. */
  void join(PacketWriter writer) {
    if (packets > 0 || atFlush) {
      write(writer);
    }
  }

  private void write(PacketWriter writer) {
    writer.makeRoom(FIXED + 4 * (duplicateCount + Math.min(tsns.islands(), 16)));
    int blocks = Math.min(tsns.islands(), (writer.room() - FIXED) / 4 - duplicateCount);
    int at = writer.begin(ChunkType.SACK, 0);
    writer.int32((int) tsns.cumulative());
    writer.int32(window.advertise());
    writer.uint16(blocks);
    writer.uint16(duplicateCount);
    for (int i = 0; i < blocks; i++) {
      Island island = tsns.island(i);
      writer.uint16((int) (island.first - tsns.cumulative()));
      writer.uint16((int) Math.min(ReceivedTsns.FARTHEST, island.last - tsns.cumulative()));
    }
    for (int i = 0; i < duplicateCount; i++) {
      writer.int32(duplicates[i]);
    }
    writer.end(at);
    duplicateCount = 0;
    packets = 0;
    atOnce = false;
    atFlush = false;
    deadlines.clear(Timer.SACK);
  }
}
