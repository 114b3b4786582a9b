package io.aiconexus.webrtc.dtls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One end of a connection under test, with everything it heard. Touched on the loop only, but for the futures. */
final class End implements DtlsListener {

  static final Duration WAIT = new Duration(40, TimeUnit.SECONDS);

  record Duration(long amount, TimeUnit unit) {
  }

  record Closed(DtlsCloseReason reason, String detail) {
  }

  final CompletableFuture<DtlsCipherSuite> connected = new CompletableFuture<>();
  final CompletableFuture<Closed> closed = new CompletableFuture<>();
  final List<String> received = new ArrayList<>();
  final List<ByteBuffer> sent = new ArrayList<>();
  private final Executor loop;
  Consumer<ByteBuffer> out = datagram -> { };
  Consumer<String> onData = text -> { };
  Runnable onConnected = () -> { };
  DtlsTransport transport;

  End(Executor loop) {
    this.loop = loop;
  }

  void attach(DtlsEndpoint endpoint, DtlsRole role, DtlsFingerprint remote) {
    transport = endpoint.transport(role, List.of(remote), loop, this::emit, this);
  }

  private void emit(ByteBuffer datagram) {
    sent.add(datagram.duplicate());
    out.accept(datagram);
  }

  void deliver(ByteBuffer datagram) {
    transport.receive(datagram, System.nanoTime());
  }

  void start() {
    loop.execute(() -> transport.start(System.nanoTime()));
  }

  void say(String text) {
    loop.execute(() -> transport.send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  void close() {
    loop.execute(() -> transport.close(System.nanoTime()));
  }

  <T> T onLoop(java.util.function.Supplier<T> question) throws Exception {
    return CompletableFuture.supplyAsync(question, loop).get(WAIT.amount(), WAIT.unit());
  }

  Closed awaitClosed() throws Exception {
    return closed.get(WAIT.amount(), WAIT.unit());
  }

  DtlsCipherSuite awaitConnected() throws Exception {
    return connected.get(WAIT.amount(), WAIT.unit());
  }

  @Override
  public void connected(DtlsCipherSuite cipherSuite) {
    onConnected.run();
    connected.complete(cipherSuite);
  }

  @Override
  public void data(ByteBuffer data) {
    String text = StandardCharsets.UTF_8.decode(data).toString();
    received.add(text);
    onData.accept(text);
  }

  @Override
  public void closed(DtlsCloseReason reason, String detail) {
    if (!closed.complete(new Closed(reason, detail))) {
      throw new IllegalStateException("closed twice: " + reason);
    }
    connected.completeExceptionally(new IllegalStateException(reason + ": " + detail));
  }
}
