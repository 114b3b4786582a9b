package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunDemux;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunException;
import io.aiconexus.webrtc.stun.StunMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The smallest shell there can be around an allocation: one socket, driven by the thread that waits for something. */
final class TurnShell implements ServerLink, TurnEvents, AutoCloseable {
  /** What came through the relay. */
  record Datagram(InetSocketAddress peer, String text) {
  }

  final TurnAllocation allocation;
  final List<Datagram> data = new ArrayList<>();
  final List<TurnFailure> failures = new ArrayList<>();
  final List<Integer> refusals = new ArrayList<>();
  /** Error codes in what the server sent. */
  final List<Integer> errors = new ArrayList<>();
  /** The first two bytes of what was sent, so the type of a STUN message or a channel number. */
  final List<Integer> sent = new ArrayList<>();
  int closed;
  private final Wire wire;
  private long ahead;

  TurnShell(Coturn server, TurnOptions options) throws Exception {
    this(Wire.to(server, options.transport()), options);
  }

  TurnShell(Wire wire, TurnOptions options) {
    this.wire = wire;
    this.allocation = new TurnAllocation(options, this, this, new SecureRandom());
  }

  static TurnShell allocated(Coturn server, TurnTransport transport) throws Exception {
    TurnShell shell = new TurnShell(server, TurnOptions.of(Coturn.ANN, transport));
    shell.allocation.start(shell.now());
    shell.runUntil(() -> shell.allocation.state() == TurnState.ALLOCATED);
    return shell;
  }

  /** Starts, and returns the failure that this ends with. */
  TurnFailure failure() throws Exception {
    allocation.start(now());
    runUntil(() -> !failures.isEmpty());
    return failures.get(0);
  }

  long now() {
    return System.nanoTime() + ahead;
  }

  /** Lets the allocation's clock, and only that one, go forward. */
  void skip(long minutes) {
    ahead += TimeUnit.MINUTES.toNanos(minutes);
  }

  /** Lets things happen until something is so. */
  void runUntil(BooleanSupplier goal) throws IOException, FrameException {
    if (!runFor(20_000, goal)) {
      throw new AssertionError("not in 20 s; state " + allocation.state() + ", failures " + failures
        + ", errors " + errors + ", data " + data);
    }
  }

  /** Lets things happen until something is so, or until so many milliseconds are over. */
  boolean runFor(long millis, BooleanSupplier goal) throws IOException, FrameException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (!goal.getAsBoolean() && System.nanoTime() < end) {
      step(20);
    }
    return goal.getAsBoolean();
  }

  void step(int millis) throws IOException, FrameException {
    allocation.onTimer(now());
    wire.receive(millis, this::receive);
  }

  private void receive(ByteBuffer packet) {
    note(packet);
    allocation.receive(packet, now());
  }

  private void note(ByteBuffer packet) {
    try {
      StunError error = StunDemux.isStun(packet) ? StunMessage.parse(packet).error() : null;
      if (error != null) {
        errors.add(error.code());
      }
    } catch (StunException e) {
      throw new AssertionError("the server sends malformed messages", e);
    }
  }

  void say(InetSocketAddress to, String text) {
    allocation.send(to, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void send(byte[] packet) {
    sent.add((packet[0] & 0xff) << 8 | packet[1] & 0xff);
    try {
      wire.send(packet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onAllocated(TurnAllocation which) {
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
  public void onData(TurnAllocation which, InetSocketAddress peer, ByteBuffer datagram, long now) {
    data.add(new Datagram(peer, StandardCharsets.UTF_8.decode(datagram).toString()));
  }

  @Override
  public void onPeerRefused(TurnAllocation which, InetAddress peer, int code) {
    refusals.add(code);
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
