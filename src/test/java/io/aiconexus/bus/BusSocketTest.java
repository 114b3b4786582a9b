package io.aiconexus.bus;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VerticleBase;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BusSocketTest {

  /** One side of a socket on a context of its own, with what it heard. */
  private static final class Side {
    final Context context;
    final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> rightContext = new LinkedBlockingQueue<>();
    BusSocket socket;

    Side(Vertx vertx) {
      context = ((VertxInternal) vertx).createEventLoopContext();
    }

    void opened(BusSocket opened) {
      socket = opened;
      opened.textHandler(text -> {
        rightContext.add(isHere());
        heard.add(text);
      });
      opened.closeHandler(closes::add);
    }

    boolean isHere() {
      return context.isEventLoopContext() && Vertx.currentContext() != null
        && ((ContextInternal) Vertx.currentContext()).unwrap() == context;
    }

    <T> Future<T> run(Callable<Future<T>> action) {
      Promise<T> done = Promise.promise();
      context.runOnContext(now -> Future.succeededFuture().compose(start -> call(action)).onComplete(done));
      return done.future();
    }

    <T> T get(Callable<T> value) throws Exception {
      return run(() -> Future.succeededFuture(value.call())).await(5, SECONDS);
    }

    private static <T> Future<T> call(Callable<Future<T>> action) {
      try {
        return action.call();
      } catch (Exception e) {
        return Future.failedFuture(e);
      }
    }
  }

  private Vertx vertx;
  private Side client;
  private Side server;

  @BeforeEach
  void connect(Vertx vertx) throws Exception {
    this.vertx = vertx;
    client = new Side(vertx);
    server = new Side(vertx);
    Promise<Void> accepted = Promise.promise();
    server.run(() -> BusSocket.listen(vertx, "door", socket -> {
      server.opened(socket);
      accepted.complete();
    }).completion()).await(5, SECONDS);
    client.run(() -> BusSocket.connect(vertx, "door", client::opened)).await(5, SECONDS);
    accepted.future().await(5, SECONDS);
  }

  @Test
  void framesArriveInOrderBothWaysOnTheContextOfTheirReader() throws Exception {
    List<String> frames = IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();

    Future<?> there = client.run(() -> Future.all(frames.stream().map(client.socket::write).toList()));
    Future<?> back = server.run(() -> Future.all(frames.stream().map(server.socket::write).toList()));
    there.await(10, SECONDS);
    back.await(10, SECONDS);

    assertThat(server.heard).containsExactlyElementsOf(frames);
    assertThat(client.heard).containsExactlyElementsOf(frames);
    assertThat(server.rightContext).doesNotContain(false);
    assertThat(client.rightContext).doesNotContain(false);
  }

  @Test
  void theListenerMayWriteAtOnce() throws Exception {
    Side late = new Side(vertx);
    server.run(() -> BusSocket.listen(vertx, "greeter", socket -> socket.write("hello")).completion())
      .await(5, SECONDS);

    late.run(() -> BusSocket.connect(vertx, "greeter", late::opened)).await(5, SECONDS);

    assertThat(late.heard.poll(5, SECONDS)).isEqualTo("hello");
  }

  @Test
  void bufferedBytesCountWhatTheReaderHasNotTaken() throws Exception {
    Promise<Void> taken = Promise.promise();
    server.get(() -> {
      server.socket.textHandler(text -> taken.tryComplete());
      return null;
    });

    Future<Void> written = client.run(() -> {
      Future<Void> write = client.socket.write("12345");
      assertThat(client.socket.bufferedBytes()).isEqualTo(5);
      client.socket.write("678");
      assertThat(client.socket.bufferedBytes()).isEqualTo(8);
      return write;
    });
    written.await(5, SECONDS);
    client.run(() -> client.socket.write("")).await(5, SECONDS);

    assertThat(taken.future().isComplete()).isTrue();
    assertThat(client.get(client.socket::bufferedBytes)).isZero();
  }

  @Test
  void aCloseReachesBothSidesOnceWithItsCode() throws Exception {
    client.get(() -> {
      client.socket.close(4500);
      client.socket.close(1000);
      return null;
    });

    assertThat(server.closes.poll(5, SECONDS)).isEqualTo(4500);
    assertThat(client.closes).containsExactly(4500);
    assertThat(server.get(server.socket::isClosed)).isTrue();
    server.get(() -> {
      server.socket.close(1000);
      return null;
    });
    assertThat(server.closes).isEmpty();
    assertThat(client.closes).hasSize(1);
  }

  @Test
  void framesWrittenBeforeTheCloseStillArrive() throws Exception {
    client.get(() -> {
      client.socket.write("last words");
      client.socket.close(1000);
      return null;
    });

    assertThat(server.closes.poll(5, SECONDS)).isEqualTo(1000);
    assertThat(server.heard).containsExactly("last words");
  }

  @Test
  void writingToAClosedSocketFails() throws Exception {
    client.get(() -> {
      client.socket.close(1000);
      return null;
    });

    Throwable cause = catchThrowable(() -> client.run(() -> client.socket.write("x")).await(5, SECONDS));

    assertThat(Failure.of(cause)).isEqualTo(Failure.NOT_CONNECTED);
  }

  @Test
  void aFrameThatCrossesTheCloseFailsAtOnce() throws Exception {
    Promise<Void> closing = Promise.promise();
    server.get(() -> {
      server.socket.textHandler(text -> {
        server.socket.close(4003);
        closing.complete();
      });
      return null;
    });

    Throwable cause = catchThrowable(() -> client.run(() -> {
      client.socket.write("first");
      return client.socket.write("second");
    }).await(3, SECONDS));

    assertThat(Failure.of(cause)).isEqualTo(Failure.NOT_CONNECTED);
    assertThat(closing.future().isComplete()).isTrue();
    assertThat(client.closes.poll(5, SECONDS)).isEqualTo(4003);
  }

  @Test
  void aReaderThatThrowsHasTakenTheFrame() throws Exception {
    Promise<Throwable> reported = Promise.promise();
    server.context.exceptionHandler(reported::tryComplete);
    server.get(() -> {
      server.socket.textHandler(text -> {
        throw new IllegalStateException("a bug of the reader");
      });
      return null;
    });

    client.run(() -> client.socket.write("x")).await(3, SECONDS);

    assertThat(reported.future().await(5, SECONDS)).hasMessage("a bug of the reader");
    assertThat(client.get(client.socket::isClosed)).isFalse();
    assertThat(client.get(client.socket::bufferedBytes)).isZero();
  }

  @Test
  void aPingIsAnsweredWithoutTheReader() throws Exception {
    client.run(() -> client.socket.ping()).await(5, SECONDS);

    assertThat(server.heard).isEmpty();
  }

  @Test
  void aSideThatVanishedIsNoticedByAWriteOrAPing() throws Exception {
    Side visitor = new Side(vertx);
    Side other = new Side(vertx);
    BlockingQueue<String> sockets = new LinkedBlockingQueue<>();
    String deployment = vertx.deployVerticle(new VerticleBase() {
      @Override
      public Future<?> start() {
        return BusSocket.listen(vertx, "vanishing", socket -> sockets.add("open")).completion();
      }
    }).await(5, SECONDS);
    visitor.run(() -> BusSocket.connect(vertx, "vanishing", visitor::opened)).await(5, SECONDS);
    other.run(() -> BusSocket.connect(vertx, "vanishing", other::opened)).await(5, SECONDS);
    assertThat(sockets.poll(5, SECONDS)).isNotNull();
    assertThat(sockets.poll(5, SECONDS)).isNotNull();

    vertx.undeploy(deployment).await(5, SECONDS);

    Throwable cause = catchThrowable(() -> visitor.run(() -> visitor.socket.write("x")).await(3, SECONDS));
    assertThat(Failure.of(cause)).isEqualTo(Failure.NOT_CONNECTED);
    assertThat(visitor.closes.poll(5, SECONDS)).isEqualTo(BusSocket.ABNORMAL);
    assertThat(catchThrowable(() -> other.run(() -> other.socket.ping()).await(3, SECONDS))).isNotNull();
    assertThat(other.closes.poll(5, SECONDS)).isEqualTo(BusSocket.ABNORMAL);
    assertThat(visitor.get(visitor.socket::bufferedBytes)).isZero();
  }

  @Test
  void connectingWhereNobodyListensIsUnavailable() {
    Throwable cause = catchThrowable(() -> client.run(() -> BusSocket.connect(vertx, "nowhere", socket -> { }))
      .await(5, SECONDS));

    assertThat(Failure.of(cause)).isEqualTo(Failure.UNAVAILABLE);
  }

  @Test
  void aSocketClosedBeforeItOpenedClosesTheOtherSideToo() throws Exception {
    Side hasty = new Side(vertx);
    Side greeter = new Side(vertx);
    greeter.run(() -> BusSocket.listen(vertx, "slow door", greeter::opened).completion()).await(5, SECONDS);

    Throwable cause = catchThrowable(() -> hasty.run(() -> BusSocket.connect(vertx, "slow door", socket -> {
      hasty.opened(socket);
      socket.close(1000);
    })).await(5, SECONDS));

    assertThat(Failure.of(cause)).isEqualTo(Failure.NOT_CONNECTED);
    assertThat(hasty.closes).containsExactly(1000);
    assertThat(greeter.socket == null || greeter.closes.poll(5, SECONDS) == 1000).isTrue();
  }
}
