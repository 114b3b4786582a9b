package io.aiconexus.webrtc.sctp;

import io.aiconexus.webrtc.sctp.Deadlines.Timer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * INIT, INIT ACK, COOKIE ECHO, COOKIE ACK: from strangers to an association (RFC 9260 section 5).
 * <p>
 * Both sides may begin at once, and in WebRTC they do. There is one peer, the one at the other end of the DTLS
 * connection, so the local tag and the first TSN are the same in every INIT and INIT ACK.
 */
final class Handshake {

  private final SctpOptions options;
  private final PacketWriter writer;
  private final Deadlines deadlines;
  private final RtoEstimator rto;
  private final Lifecycle lifecycle;
  private final StateCookie cookies;
  private final InitChunk ours;
  private final Consumer<InitChunk> adopt;
  private final SctpListener listener;
  private InitChunk peer;
  /** The chunk that goes again when T1 fires, and the tag that it goes with. */
  private byte[] pending;
  private int pendingTag;
  private int attempts;

  Handshake(SctpOptions options, RandomGenerator random, PacketWriter writer, Deadlines deadlines, RtoEstimator rto,
            Lifecycle lifecycle, SctpListener listener, Consumer<InitChunk> adopt) {
    this.options = options;
    this.writer = writer;
    this.deadlines = deadlines;
    this.rto = rto;
    this.lifecycle = lifecycle;
    this.listener = listener;
    this.adopt = adopt;
    int tag = random.nextInt();
    this.ours = InitChunk.ours(tag == 0 ? 1 : tag, random.nextInt(), options);
    byte[] key = new byte[StateCookie.KEY_BYTES];
    random.nextBytes(key);
    this.cookies = new StateCookie(key);
  }

  int localTag() {
    return ours.tag();
  }

  int initialTsn() {
    return ours.initialTsn();
  }

  /** What the peer said of itself, or null before the handshake. */
  InitChunk peer() {
    return peer;
  }

  void begin(long now) {
    lifecycle.become(SctpState.COOKIE_WAIT);
    writer.send();
    int at = writer.position();
    ours.write(writer, ChunkType.INIT);
    remember(at, 0, now);
    writer.send(0);
  }

  private void remember(int at, int tag, long now) {
    pending = writer.copyFrom(at);
    pendingTag = tag;
    deadlines.set(Timer.HANDSHAKE, now + rto.rto());
  }

  /** T1 fired: sends again what was not answered. */
  void timedOut(long now) {
    if (++attempts > options.maxRetransmits()) {
      lifecycle.end(new CloseReason(CloseReason.Kind.UNREACHABLE, ErrorCause.NONE,
        "no answer to " + attempts + " tries in state " + lifecycle.state()));
      return;
    }
    rto.backOff();
    deadlines.set(Timer.HANDSHAKE, now + rto.rto());
    writer.chunk(pending);
    writer.send(pendingTag);
  }

  /** Answers the peer's INIT; what it says is kept in the cookie only. */
  void init(PacketReader chunk, long now) {
    chunk.require(InitChunk.FIXED);
    int tag = Wire.int32(chunk.packet(), chunk.body());
    if (tag == 0) {
      return;
    }
    if (!lifecycle.state().connecting() && tag != peer.tag()) {
      restarted(tag);
      return;
    }
    writer.send();
    if (peer == null) {
      writer.tag(tag);   // so that an ABORT finds its way
    }
    InitChunk theirs = InitChunk.read(chunk);
    ours.with(cookies.seal(theirs, ours.tag(), now), theirs.unrecognized()).write(writer, ChunkType.INIT_ACK);
    writer.send(tag);
  }

  /** The peer began anew: its channels are gone, so ours are too (RFC 9260 section 5.2.2 allows to refuse). */
  private void restarted(int newTag) {
    writer.discard();
    writer.failure(ChunkType.ABORT, 0, ErrorCause.USER_INITIATED_ABORT, "an association cannot be restarted");
    writer.send(newTag);
    lifecycle.end(new CloseReason(CloseReason.Kind.PEER_RESTARTED, ErrorCause.NONE,
      "the peer asked for a new association"));
  }

  void initAck(PacketReader chunk, long now) {
    if (lifecycle.state() != SctpState.COOKIE_WAIT) {
      return;
    }
    InitChunk theirs = InitChunk.read(chunk);
    if (theirs.tag() == 0) {
      throw new Violation(ErrorCause.INVALID_MANDATORY_PARAMETER, "INIT ACK with tag 0");
    }
    if (theirs.cookie() == null || theirs.cookie().length > writer.capacity() - ChunkType.HEADER) {
      throw new Violation(ErrorCause.INVALID_MANDATORY_PARAMETER, "INIT ACK without a cookie, or with one too long");
    }
    know(theirs);
    lifecycle.become(SctpState.COOKIE_ECHOED);
    attempts = 0;
    writer.makeRoom(ChunkType.HEADER + theirs.cookie().length);
    int at = writer.begin(ChunkType.COOKIE_ECHO, 0);
    writer.bytes(theirs.cookie(), 0, theirs.cookie().length);
    writer.end(at);
    remember(at, theirs.tag(), now);
    writer.send();
  }

  private void know(InitChunk theirs) {
    peer = theirs.with(null, new byte[0]);
    writer.tag(theirs.tag());
    adopt.accept(peer);
  }

  /** Takes a cookie of ours back (RFC 9260 sections 5.1.5 and 5.2.4). */
  void cookieEcho(PacketReader chunk, long now) {
    byte[] sealed = Arrays.copyOfRange(chunk.packet(), chunk.body(), chunk.body() + chunk.length());
    Optional<StateCookie.Opened> opened = cookies.open(sealed);
    if (opened.isEmpty()) {
      return;
    }
    InitChunk theirs = opened.get().peer();
    if (!lifecycle.state().connecting()) {
      if (theirs.tag() == peer.tag()) {
        writer.plain(ChunkType.COOKIE_ACK);
      }
      return;
    }
    long age = now - opened.get().madeAt();
    if (age > options.cookieLifetime().toNanos()) {
      tellStale(theirs.tag(), age - options.cookieLifetime().toNanos());
      return;
    }
    if (peer == null || peer.tag() != theirs.tag()) {
      know(theirs);
    }
    writer.plain(ChunkType.COOKIE_ACK);
    establish();
  }

  private void tellStale(int tag, long tooOld) {
    byte[] microseconds = new byte[4];
    Wire.int32(microseconds, 0, (int) Math.min(Integer.MAX_VALUE, tooOld / 1_000));
    writer.send();
    writer.failure(ChunkType.ERROR, 0, ErrorCause.STALE_COOKIE, microseconds);
    writer.send(tag);
  }

  /** The peer did not want our echo any more: begins again, unless that was tried often. */
  void staleCookie(long now) {
    if (lifecycle.state() == SctpState.COOKIE_ECHOED && attempts++ < options.maxRetransmits()) {
      begin(now);
    }
  }

  void cookieAck() {
    if (lifecycle.state() == SctpState.COOKIE_ECHOED) {
      establish();
    }
  }

  private void establish() {
    lifecycle.become(SctpState.ESTABLISHED);
    deadlines.clear(Timer.HANDSHAKE);
    pending = null;
    listener.connected();
  }
}
