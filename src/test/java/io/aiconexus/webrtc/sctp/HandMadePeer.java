package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One association, and a peer made by hand that knows its tag and may say anything. */
final class HandMadePeer {

  static final int TAG = 0x0BADF00D;
  static final int TSN = 1000;
  static final SctpOptions OPTIONS =
    SctpOptions.DEFAULTS.withHeartbeat(Duration.ZERO).withBuffers(10_000, 40_000, 100_000);

  final SimulatedNetwork network = new SimulatedNetwork(1);
  final SctpEndpoint victim = new SctpEndpoint(network, OPTIONS, 5);
  final List<byte[]> answers = new ArrayList<>();
  private int tag;
  private int victimTsn;

  HandMadePeer() {
    victim.out = network.link(LinkConditions.PERFECT, answers::add);
  }

  /** A peer that has shaken hands. */
  static HandMadePeer connected() {
    HandMadePeer peer = new HandMadePeer();
    byte[] cookie = peer.askForCookie();
    peer.say(peer.cookieEcho(cookie));
    assertThat(peer.answer(ChunkType.COOKIE_ACK)).isNotNull();
    assertThat(peer.victim.connected).isTrue();
    peer.answers.clear();
    return peer;
  }

  static HandPacket init(int tag, int outbound, int inbound) {
    return new HandPacket(0).words(ChunkType.INIT << 24 | 20, tag, 100_000, outbound << 16 | inbound, TSN);
  }

  /** Says INIT and returns the cookie of the answer. */
  byte[] askForCookie() {
    say(init(TAG, 10, 10));
    byte[] initAck = answer(ChunkType.INIT_ACK);
    tag = Wire.int32(initAck, 16);
    victimTsn = Wire.int32(initAck, 28);
    Parameters parameters = new Parameters(initAck, 32, initAck.length);
    while (parameters.next()) {
      if (parameters.type() == 7) {
        return parameters.value();
      }
    }
    throw new AssertionError("no cookie");
  }

  HandPacket cookieEcho(byte[] cookie) {
    return packet().words(ChunkType.COOKIE_ECHO << 24 | 4 + cookie.length).raw(cookie);
  }

  int tag() {
    return tag;
  }

  /** The first TSN that the victim uses. */
  int victimTsn() {
    return victimTsn;
  }

  HandPacket packet() {
    return new HandPacket(tag);
  }

  void say(HandPacket packet) {
    victim.receive(packet.build());
    network.run(1_000_000);
  }

  /** The first answer that begins with a chunk of this type, or null. */
  byte[] answer(int type) {
    return answers.stream().filter(packet -> packet[12] == (byte) type).findFirst().orElse(null);
  }

  void assertAborted(String because) {
    assertThat(victim.closed).isNotNull();
    assertThat(victim.closed.kind()).isEqualTo(CloseReason.Kind.PROTOCOL_VIOLATION);
    assertThat(victim.closed.detail()).contains(because);
    byte[] abort = answer(ChunkType.ABORT);
    assertThat(Wire.int32(abort, 4)).isEqualTo(TAG);
    assertThat(Wire.uint16(abort, 16)).isEqualTo(victim.closed.cause());
  }
}
