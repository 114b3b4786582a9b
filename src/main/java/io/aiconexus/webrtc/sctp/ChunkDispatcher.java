package io.aiconexus.webrtc.sctp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decides whether a packet is for us, and gives each of its chunks to the one who knows it (RFC 9260 section 8.5). */
final class ChunkDispatcher {

  private final PacketReader reader;
  private final PacketWriter writer;
  private final Lifecycle lifecycle;
  private final Handshake handshake;
  private final Transmitter transmitter;
  private final InboundData inbound;
  private final StreamResets resets;
  private final Heartbeat heartbeat;
  private final Shutdown shutdown;

  ChunkDispatcher(PacketReader reader, PacketWriter writer, Lifecycle lifecycle, Handshake handshake,
                  Transmitter transmitter, InboundData inbound, StreamResets resets, Heartbeat heartbeat,
                  Shutdown shutdown) {
    this.reader = reader;
    this.writer = writer;
    this.lifecycle = lifecycle;
    this.handshake = handshake;
    this.transmitter = transmitter;
    this.inbound = inbound;
    this.resets = resets;
    this.heartbeat = heartbeat;
    this.shutdown = shutdown;
  }

  /** Whether the verification tag is right for the first chunk (RFC 9260 section 8.5.1). */
  boolean isForUs() {
    int first = reader.firstType();
    boolean mayReflect = first == ChunkType.ABORT || first == ChunkType.SHUTDOWN_COMPLETE;
    if (first == ChunkType.INIT) {
      return reader.tag() == 0;
    }
    if (mayReflect && (reader.firstFlags() & ChunkType.FLAG_REFLECTED_TAG) != 0) {
      return writer.tag() != 0 && reader.tag() == writer.tag();
    }
    return reader.tag() == handshake.localTag();
  }

  /** Handles every chunk of the packet, until one ends the association or the reading. */
  void chunks(long now) {
    boolean first = true;
    while (!lifecycle.isOver() && reader.next()) {
      boolean mustBeAlone = reader.type() == ChunkType.INIT || reader.type() == ChunkType.INIT_ACK;
      boolean misplaced = mustBeAlone && !(first && reader.isLast());
      if (misplaced || !chunk(now)) {
        return;
      }
      first = false;
    }
  }

  /** Handles a packet that came after the end. */
  void afterwards() {
    if (reader.firstType() == ChunkType.SHUTDOWN_ACK) {
      shutdown.acknowledged();
    }
  }

  private boolean chunk(long now) {
    SctpState state = lifecycle.state();
    switch (reader.type()) {
      case ChunkType.INIT -> handshake.init(reader, now);
      case ChunkType.INIT_ACK -> handshake.initAck(reader, now);
      case ChunkType.COOKIE_ECHO -> handshake.cookieEcho(reader, now);
      case ChunkType.COOKIE_ACK -> handshake.cookieAck();
      case ChunkType.ABORT -> aborted();
      case ChunkType.ERROR -> error(now);
      default -> {
        return state.connecting() || established(state, now);
      }
    }
    return true;
  }

  private boolean established(SctpState state, long now) {
    switch (reader.type()) {
      case ChunkType.DATA -> {
        if (state.receivesData()) {
          inbound.data(reader);
        }
      }
      case ChunkType.SACK -> transmitter.sack(reader, now);
      case ChunkType.FORWARD_TSN -> {
        if (state.receivesData()) {
          inbound.forward(reader);
        }
      }
      case ChunkType.HEARTBEAT -> heartbeat.answer(reader);
      case ChunkType.HEARTBEAT_ACK -> heartbeat.acknowledged(reader, now);
      case ChunkType.RE_CONFIG -> resets.reconfigure(reader, now);
      case ChunkType.SHUTDOWN -> shutdown.received(reader, now);
      case ChunkType.SHUTDOWN_ACK -> shutdown.acknowledged();
      case ChunkType.SHUTDOWN_COMPLETE -> shutdown.completed();
      default -> {
        return unknown();
      }
    }
    return true;
  }

  private boolean unknown() {
    if (ChunkType.unknownIsReported(reader.type())) {
      int from = reader.body() - ChunkType.HEADER;
      writer.failure(ChunkType.ERROR, 0, ErrorCause.UNRECOGNIZED_CHUNK,
        Arrays.copyOfRange(reader.packet(), from, from + Math.min(64, ChunkType.HEADER + reader.length())));
    }
    return ChunkType.unknownIsSkipped(reader.type());
  }

  private void error(long now) {
    Parameters causes = new Parameters(reader.packet(), reader.body(), reader.body() + reader.length());
    while (causes.next()) {
      if (causes.type() == ErrorCause.STALE_COOKIE) {
        handshake.staleCookie(now);
      }
    }
  }

  private void aborted() {
    int cause = ErrorCause.NONE;
    String detail = "the peer aborted";
    Parameters causes = new Parameters(reader.packet(), reader.body(), reader.body() + reader.length());
    if (causes.next()) {
      cause = causes.type();
      detail += ", cause " + cause + text(causes.value());
    }
    lifecycle.end(new CloseReason(CloseReason.Kind.ABORTED_BY_PEER, cause, detail));
  }

  /** At most 100 characters of what the peer says, fit for a log. */
  private static String text(byte[] reason) {
    String text = new String(reason, 0, Math.min(100, reason.length), StandardCharsets.UTF_8);
    return text.isEmpty() ? "" : ": " + text.replaceAll("[^\\p{Print}]", "?");
  }
}
