package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunException;
import io.aiconexus.webrtc.stun.StunKey;
import io.aiconexus.webrtc.stun.StunMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** An allocation whose server is the test: it sees what was sent, says what it likes, and owns the clock. */
final class ScriptedTurn implements ServerLink, TurnEvents {
  /** User name, password, realm and nonce of RFC 5769 section 2.4. */
  static final TurnCredentials CREDENTIALS =
    new TurnCredentials("\u30de\u30c8\u30ea\u30c3\u30af\u30b9", "TheMatrIX");
  static final String REALM = "example.org";
  static final String NONCE = "f//499k954d6OL34oL9FSTvy64sA";
  static final StunKey KEY = StunKey.longTerm(CREDENTIALS.username(), REALM, CREDENTIALS.password());
  static final InetSocketAddress RELAYED = new InetSocketAddress("192.0.2.15", 50_000);
  static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.150", 32_102);

  final TurnAllocation allocation;
  final List<byte[]> sent = new ArrayList<>();
  final List<TurnFailure> failures = new ArrayList<>();
  final List<Integer> refusals = new ArrayList<>();
  /** Bytes of the datagrams that came through. */
  final List<Integer> data = new ArrayList<>();
  int allocated;
  int closed;
  long now;

  ScriptedTurn(TurnTransport transport, TurnSettings settings) {
    TurnOptions defaults = TurnOptions.of(CREDENTIALS, transport);
    TurnOptions options = new TurnOptions(CREDENTIALS, transport, defaults.family(), settings);
    allocation = new TurnAllocation(options, this, this, new Random(7));
  }

  ScriptedTurn(TurnTransport transport) {
    this(transport, TurnSettings.DEFAULTS);
  }

  /** One that has its relayed address, and nothing under way. */
  static ScriptedTurn allocated(TurnTransport transport) {
    ScriptedTurn turn = new ScriptedTurn(transport);
    turn.allocation.start(0);
    turn.say(challenge(turn.last(), 401));
    turn.say(turn.success());
    turn.sent.clear();
    return turn;
  }

  StunMessage last() {
    return message(sent.get(sent.size() - 1));
  }

  static StunMessage message(byte[] packet) {
    try {
      return StunMessage.parse(ByteBuffer.wrap(packet));
    } catch (StunException e) {
      throw new AssertionError("we sent a malformed message", e);
    }
  }

  static byte[] challenge(StunMessage request, int code) {
    return StunBuilder.error(request, code, "so there").text(StunAttribute.REALM, REALM)
      .text(StunAttribute.NONCE, NONCE).build();
  }

  /** The answer to the last request that grants everything. */
  byte[] success() {
    return success(last()).sign(KEY);
  }

  static StunBuilder success(StunMessage request) {
    return StunBuilder.success(request).xorAddress(StunAttribute.XOR_RELAYED_ADDRESS, RELAYED)
      .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, new InetSocketAddress("192.0.2.1", 7_000))
      .number32(StunAttribute.LIFETIME, 600);
  }

  boolean say(byte[] packet) {
    return allocation.receive(ByteBuffer.wrap(packet), now);
  }

  /** Lets time pass, timers and all. */
  void pass(long seconds) {
    long end = now + TimeUnit.SECONDS.toNanos(seconds);
    while (allocation.nextDeadline() <= end) {
      now = Math.max(now, allocation.nextDeadline());
      allocation.onTimer(now);
    }
    now = end;
  }

  @Override
  public void send(byte[] packet) {
    sent.add(packet);
  }

  @Override
  public void onAllocated(TurnAllocation which) {
    allocated++;
  }

  @Override
  public void onFailed(TurnAllocation which, TurnFailure failure) {
    failures.add(failure);
  }

  @Override
  public void onClosed(TurnAllocation which) {
    closed++;
  }

  @Override
  public void onData(TurnAllocation which, InetSocketAddress peer, ByteBuffer datagram, long time) {
    data.add(datagram.remaining());
  }

  @Override
  public void onPeerRefused(TurnAllocation which, InetAddress peer, int code) {
    refusals.add(code);
  }
}
