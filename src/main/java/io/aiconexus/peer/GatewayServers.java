package io.aiconexus.peer;

import io.aiconexus.protocol.IceServer;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The STUN and TURN servers that a gateway hands out, and their renewal before the credentials end.
 * <p>
 * Only those that end are ever asked for. Who asks while an answer is awaited gets that one. One context.
 */
final class GatewayServers {

  private final Supplier<Future<Answer>> ask;
  private final LongSupplier nanos;
  private List<IceServer> servers = List.of();
  private Long ttlMs;
  private long sinceNanos;
  private Future<List<IceServer>> renewal;

  /**
   * What a gateway handed out.
   *
   * @param servers all of them
   * @param ttlMs how long they may be used, or null for as long as the session lasts
   */
  record Answer(List<IceServer> servers, Long ttlMs) { }

  /**
   * @param ask asks the gateway; its future must end within seconds
   * @param nanos a clock that only goes forward
   */
  GatewayServers(Supplier<Future<Answer>> ask, LongSupplier nanos) {
    this.ask = ask;
    this.nanos = nanos;
  }

  /** These are in force from now on. */
  void take(Answer answer) {
    servers = List.copyOf(answer.servers);
    ttlMs = answer.ttlMs;
    sinceNanos = nanos.getAsLong();
  }

  /**
   * The servers to use now, never a failure: should a renewal fail, those of before may still do.
   *
   * @param fresh whether credentials that end must be new ones, and not only last for half of their time
   */
  Future<List<IceServer>> current(boolean fresh) {
    boolean old = ttlMs != null && nanos.getAsLong() - sinceNanos >= TimeUnit.MILLISECONDS.toNanos(ttlMs) / 2;
    if (ttlMs == null || !old && !fresh) {
      return Future.succeededFuture(servers);
    }
    if (renewal == null || renewal.isComplete()) {
      renewal = ask.get().onSuccess(this::take).transform(asked -> Future.succeededFuture(servers));
    }
    return renewal;
  }
}
