package io.aiconexus.webrtc.dtls;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One end of a connection under test, with everything it heard. Touched on the loop only, but for the futures. */
final class End implements DtlsListener {

  private static final long PATIENCE_SECONDS = 60;

  record Closed(DtlsCloseReason reason, String detail) {
  }

  final CompletableFuture<DtlsCipherSuite> connected = new CompletableFuture<>();
  final CompletableFuture<Closed> closed = new CompletableFuture<>();
  final CompletableFuture<Void> firstSent = new CompletableFuture<>();
  final List<String> received = new ArrayList<>();
  final List<ByteBuffer> sent = new ArrayList<>();
  Consumer<ByteBuffer> out = datagram -> { };
  Runnable onConnected = () -> { };
  Runnable onData = () -> { };
  Consumer<ByteBuffer> taker = this::collect;
  DtlsTransport transport;
  private final Executor loop;

  End(Executor loop) {
    this.loop = loop;
  }

  void attach(DtlsEndpoint endpoint, DtlsRole role, DtlsFingerprint remote) {
    transport = endpoint.transport(role, List.of(remote), loop, this::emit, this);
  }

  private void emit(ByteBuffer datagram) {
    sent.add(datagram.duplicate());
    firstSent.complete(null);
    out.accept(datagram);
  }

  /** On the loop. */
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

  /** Lets the loop do what it has to do before, and one thing more. */
  <T> T onLoop(Supplier<T> question) throws Exception {
    return CompletableFuture.supplyAsync(question, loop).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  long dropped() throws Exception {
    return onLoop(() -> transport.droppedDatagrams());
  }

  DtlsCloseReason awaitClosed() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS).reason();
  }

  DtlsCipherSuite awaitConnected() throws Exception {
    return connected.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void connected(DtlsCipherSuite cipherSuite) {
    onConnected.run();
    connected.complete(cipherSuite);
  }

  @Override
  public void data(ByteBuffer data) {
    taker.accept(data);
  }

  private void collect(ByteBuffer data) {
    received.add(StandardCharsets.UTF_8.decode(data).toString());
    onData.run();
  }

  @Override
  public void closed(DtlsCloseReason reason, String detail) {
    connected.completeExceptionally(new IllegalStateException(reason + ": " + detail));
    if (!closed.complete(new Closed(reason, detail))) {
      throw new IllegalStateException("closed twice: " + reason);
    }
  }
}
