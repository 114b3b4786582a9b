package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.peer.GatewayServers.Answer;
import io.aiconexus.protocol.IceServer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GatewayServersTest {

  private static final List<IceServer> FIRST = List.of(new IceServer(List.of("turn:a"), "1:x", "1"));
  private static final List<IceServer> SECOND = List.of(new IceServer(List.of("turn:a"), "2:x", "2"));
  private static final long TTL = 60_000;

  private final Deque<Promise<Answer>> asked = new ArrayDeque<>();
  private long nanos;
  private final GatewayServers servers = new GatewayServers(() -> {
    asked.add(Promise.promise());
    return asked.getLast().future();
  }, () -> nanos);

  @Test
  void thoseThatDoNotEndAreNeverAskedForAgain() {
    servers.take(new Answer(FIRST, null));
    after(TTL * 1_000);

    assertThat(servers.current(true).result()).isEqualTo(FIRST);
    assertThat(asked).isEmpty();
  }

  @Test
  void thoseThatEndAreUsedForHalfOfTheirTime() {
    servers.take(new Answer(FIRST, TTL));
    after(TTL / 2 - 1);
    assertThat(servers.current(false).result()).isEqualTo(FIRST);
    assertThat(asked).isEmpty();

    after(1);
    Future<List<IceServer>> current = servers.current(false);
    asked.remove().complete(new Answer(SECOND, TTL));

    assertThat(current.result()).isEqualTo(SECOND);
    assertThat(servers.current(false).result()).isEqualTo(SECOND);
    assertThat(asked).isEmpty();
  }

  @Test
  void freshOnesAreAskedForOnceForAllWhoWait() {
    servers.take(new Answer(FIRST, TTL));
    Future<List<IceServer>> one = servers.current(true);
    Future<List<IceServer>> two = servers.current(true);
    assertThat(asked).hasSize(1);

    asked.remove().complete(new Answer(SECOND, TTL));

    assertThat(one.result()).isEqualTo(SECOND);
    assertThat(two.result()).isEqualTo(SECOND);
  }

  @Test
  void aGatewayThatDoesNotAnswerLeavesThoseOfBeforeAndIsAskedAgain() {
    servers.take(new Answer(FIRST, TTL));
    Future<List<IceServer>> first = servers.current(true);
    asked.remove().fail("no answer");
    assertThat(first.result()).isEqualTo(FIRST);

    Future<List<IceServer>> second = servers.current(true);
    asked.remove().complete(new Answer(SECOND, TTL));
    assertThat(second.result()).isEqualTo(SECOND);
  }

  @Test
  void aFailureAtOnceDoesNotStay() {
    GatewayServers alone = new GatewayServers(() -> Future.failedFuture("no gateway"), () -> nanos);
    alone.take(new Answer(FIRST, TTL));
    assertThat(alone.current(true).result()).isEqualTo(FIRST);

    alone.take(new Answer(SECOND, TTL));
    assertThat(alone.current(true).result()).isEqualTo(SECOND);
  }

  private void after(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
