package io.aiconexus.webrtc.sctp;

import io.aiconexus.webrtc.sctp.Deadlines.Timer;
import java.util.random.RandomGenerator;

/** Asks a silent peer whether it is still there (RFC 9260 section 8.3), and answers when asked. */
final class Heartbeat {

  private static final int INFO = 1;
  private static final int INFO_LENGTH = 12;

  private final PacketWriter writer;
  private final Deadlines deadlines;
  private final RtoEstimator rto;
  private final RandomGenerator random;
  private final long interval;
  private long heardAt;
  private long sentAt;
  private long nonce;
  private boolean waiting;
  private int missed;

  Heartbeat(PacketWriter writer, Deadlines deadlines, RtoEstimator rto, RandomGenerator random, long interval) {
    this.writer = writer;
    this.deadlines = deadlines;
    this.rto = rto;
    this.random = random;
    this.interval = interval;
  }

  void start(long now) {
    heardAt = now;
    if (interval > 0) {
      deadlines.set(Timer.HEARTBEAT, now + interval);
    }
  }

  /** Notes that something valid came from the peer. */
  void heard(long now) {
    heardAt = now;
  }

  /** The interval is over: asks, unless something came since. Returns how many questions are unanswered. */
  int timedOut(long now) {
    if (heardAt + interval > now) {
      missed = 0;
      deadlines.set(Timer.HEARTBEAT, heardAt + interval);
      return 0;
    }
    if (waiting) {
      missed++;
      rto.backOff();
    }
    ask(now);
    deadlines.set(Timer.HEARTBEAT, now + rto.rto());
    return missed;
  }

  private void ask(long now) {
    nonce = random.nextLong();
    sentAt = now;
    waiting = true;
    writer.makeRoom(ChunkType.HEADER + INFO_LENGTH);
    int chunk = writer.begin(ChunkType.HEARTBEAT, 0);
    int info = writer.position();
    writer.uint16(INFO);
    writer.uint16(0);
    writer.int32((int) (nonce >>> 32));
    writer.int32((int) nonce);
    writer.end(info);
    writer.end(chunk);
  }

  /** Takes the peer's answer; one that does not match the question is ignored. */
  void acknowledged(PacketReader chunk, long now) {
    byte[] bytes = chunk.packet();
    int at = chunk.body() + Parameters.HEADER;
    if (waiting && chunk.length() == INFO_LENGTH && Wire.int32(bytes, at) == (int) (nonce >>> 32)
      && Wire.int32(bytes, at + 4) == (int) nonce) {
      waiting = false;
      missed = 0;
      rto.measured(now - sentAt);
    }
  }

  /** Sends the peer's question back to it, if it fits. */
  void answer(PacketReader chunk) {
    if (chunk.length() <= writer.capacity() - ChunkType.HEADER) {
      writer.makeRoom(Wire.padded(ChunkType.HEADER + chunk.length()));
      int at = writer.begin(ChunkType.HEARTBEAT_ACK, 0);
      writer.bytes(chunk.packet(), chunk.body(), chunk.length());
      writer.end(at);
    }
  }
}
