package io.aiconexus.cluster;

import io.aiconexus.bus.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The parts of one node that drain with it, at their addresses on the event bus of this process. */
final class Parts {

  private static final long ANSWER_MS = 3_000;

  private final Vertx vertx;
  private final List<String> addresses;
  private final DeliveryOptions options = new DeliveryOptions().setLocalOnly(true).setSendTimeout(ANSWER_MS);

  Parts(Vertx vertx, String node, List<String> names) {
    this.vertx = vertx;
    this.addresses = names.stream().map(name -> Addresses.nodePart(node, name)).toList();
  }

  Future<Headcount> drain(long deadlineMs) {
    return tell(new JsonObject().put("action", "drain").put("deadline_ms", deadlineMs));
  }

  Future<Headcount> undrain() {
    return tell(new JsonObject().put("action", "undrain"));
  }

  Future<Headcount> count() {
    return tell(new JsonObject().put("action", "status"));
  }

  /** What all of them answer; fails when one does not. */
  private Future<Headcount> tell(JsonObject command) {
    List<Future<Headcount>> answers = addresses.stream()
      .map(address -> vertx.eventBus().<JsonObject>request(address, command, options)
        .map(reply -> Headcount.from(reply.body())))
      .toList();
    return Future.all(answers).map(all -> answers.stream().map(Future::result).reduce(Headcount.NONE, Headcount::plus));
  }
}
