package io.aiconexus.webrtc.sctp;

import io.aiconexus.webrtc.sctp.Deadlines.Timer;

/** The graceful end: both sides deliver what they have, then part (RFC 9260 section 9.2). */
final class Shutdown {

  private final SctpOptions options;
  private final PacketWriter writer;
  private final Deadlines deadlines;
  private final RtoEstimator rto;
  private final Lifecycle lifecycle;
  private final Transmitter transmitter;
  private final InboundData inbound;
  private int attempts;
  private long told;
  private boolean completeSent;

  Shutdown(SctpOptions options, PacketWriter writer, Deadlines deadlines, RtoEstimator rto, Lifecycle lifecycle,
           Transmitter transmitter, InboundData inbound) {
    this.options = options;
    this.writer = writer;
    this.deadlines = deadlines;
    this.rto = rto;
    this.lifecycle = lifecycle;
    this.transmitter = transmitter;
    this.inbound = inbound;
  }

  /** Begins it; T5 of five times the longest timeout guards it. */
  void begin(long now) {
    lifecycle.become(SctpState.SHUTDOWN_PENDING);
    deadlines.set(Timer.GUARD, now + 5 * options.rtoMax().toNanos());
  }

  /** Takes the next step if all our data was acknowledged. */
  void flush(long now) {
    SctpState state = lifecycle.state();
    if (state == SctpState.SHUTDOWN_PENDING && transmitter.isIdle()) {
      lifecycle.become(SctpState.SHUTDOWN_SENT);
      restartTimer(now);
      writeShutdown();
    } else if (state == SctpState.SHUTDOWN_RECEIVED && transmitter.isIdle()) {
      acknowledge(now);
    } else if (state == SctpState.SHUTDOWN_SENT && told != inbound.cumulative()) {
      restartTimer(now);
      writeShutdown();
    }
  }

  private void acknowledge(long now) {
    lifecycle.become(SctpState.SHUTDOWN_ACK_SENT);
    restartTimer(now);
    writer.plain(ChunkType.SHUTDOWN_ACK);
  }

  private void restartTimer(long now) {
    attempts = 0;
    deadlines.clear(Timer.HEARTBEAT);
    deadlines.set(Timer.SHUTDOWN, now + rto.rto());
  }

  private void writeShutdown() {
    told = inbound.cumulative();
    writer.makeRoom(ChunkType.HEADER + 4);
    int at = writer.begin(ChunkType.SHUTDOWN, 0);
    writer.int32((int) told);
    writer.end(at);
  }

  /** T2 fired: says it again. */
  void timedOut(long now) {
    boolean farewell = lifecycle.state() == SctpState.SHUTDOWN_ACK_SENT;
    if (++attempts > options.maxRetransmits()) {
      // After SHUTDOWN ACK neither side has anything left that the other needs.
      lifecycle.end(farewell ? done()
        : new CloseReason(CloseReason.Kind.UNREACHABLE, ErrorCause.NONE, "no answer to SHUTDOWN"));
      return;
    }
    rto.backOff();
    deadlines.set(Timer.SHUTDOWN, now + rto.rto());
    if (farewell) {
      writer.plain(ChunkType.SHUTDOWN_ACK);
    } else {
      writeShutdown();
    }
  }

  /** The peer has nothing more to send. */
  void received(PacketReader chunk, long now) {
    chunk.require(4);
    switch (lifecycle.state()) {
      case ESTABLISHED, SHUTDOWN_PENDING -> {
        transmitter.shutdown(Wire.int32(chunk.packet(), chunk.body()), now);
        lifecycle.become(SctpState.SHUTDOWN_RECEIVED);
      }
      case SHUTDOWN_RECEIVED -> transmitter.shutdown(Wire.int32(chunk.packet(), chunk.body()), now);
      case SHUTDOWN_SENT -> acknowledge(now);
      default -> {
        // Too early or too late to matter.
      }
    }
  }

  /** The peer agrees. It may have to be told again after the end, when SHUTDOWN COMPLETE was lost. */
  void acknowledged() {
    if (lifecycle.isOver() && completeSent) {
      writer.plain(ChunkType.SHUTDOWN_COMPLETE);
      writer.send();
    } else if (lifecycle.state() == SctpState.SHUTDOWN_SENT || lifecycle.state() == SctpState.SHUTDOWN_ACK_SENT) {
      completeSent = true;
      writer.plain(ChunkType.SHUTDOWN_COMPLETE);
      writer.send();
      lifecycle.end(done());
    }
  }

  void completed() {
    if (lifecycle.state() == SctpState.SHUTDOWN_ACK_SENT) {
      lifecycle.end(done());
    }
  }

  private static CloseReason done() {
    return new CloseReason(CloseReason.Kind.SHUTDOWN, ErrorCause.NONE, "shut down");
  }
}
