package io.aiconexus.retry;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The hosted agents of the cluster, by their commands on the event bus. */
record BusAgents(EventBus bus) implements LocalAgents {

  private static final long ANSWER_TIMEOUT_MS = 5_000;
  /** A link in such a state holds up a new one and is not coming back. */
  private static final Set<String> LOST = Set.of("disconnected", "failed");

  @Override
  public Future<Void> connect(Did local, Did remote, long timeoutMs) {
    return links(local)
      .compose(links -> LOST.contains(links.getOrDefault(remote.toString(), "none"))
        ? disconnect(local, remote) : Future.succeededFuture())
      .compose(free -> ask(local, command("connect", remote).put("timeout_ms", timeoutMs), timeoutMs + ANSWER_TIMEOUT_MS))
      .mapEmpty();
  }

  @Override
  public Future<Void> restartIce(Did local, Did remote) {
    return ask(local, command("restart_ice", remote), ANSWER_TIMEOUT_MS).mapEmpty();
  }

  @Override
  public Future<Map<String, String>> links(Did local) {
    return ask(local, new JsonObject().put("action", "links"), ANSWER_TIMEOUT_MS).map(reply -> {
      Map<String, String> states = new HashMap<>();
      reply.getJsonArray("links").forEach(entry -> {
        JsonObject link = (JsonObject) entry;
        states.put(link.getString("remote"), link.getString("state"));
      });
      return states;
    });
  }

  /** The link may have ended by itself in the meantime. */
  private Future<Void> disconnect(Did local, Did remote) {
    return ask(local, command("disconnect", remote), ANSWER_TIMEOUT_MS).<Void>mapEmpty()
      .recover(cause -> Failure.of(cause) == Failure.NOT_CONNECTED
        ? Future.succeededFuture() : Future.failedFuture(cause));
  }

  private Future<JsonObject> ask(Did local, JsonObject command, long timeoutMs) {
    return bus.<JsonObject>request(Addresses.peer(local), command, new DeliveryOptions().setSendTimeout(timeoutMs))
      .map(reply -> reply.body());
  }

  private static JsonObject command(String action, Did remote) {
    return new JsonObject().put("action", action).put("remote", remote.toString());
  }
}
