package io.aiconexus.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** How a part of a node hears, within its process, that the node drains. */
public final class NodePart {

  private NodePart() {
  }

  /**
   * Listens for the node's word, on the caller's context.
   *
   * @param part names the part, {@code signaling.0} for one
   * @param drain gets the window in milliseconds, once more when that changes
   * @param undrain the node works again
   * @param count what the part tells of its sessions; an empty object when it has none
   */
  public static MessageConsumer<JsonObject> listen(Vertx vertx, String node, String part, LongConsumer drain,
                                                   Runnable undrain, Supplier<JsonObject> count) {
    return vertx.eventBus().localConsumer(Addresses.nodePart(node, part), Replies.<JsonObject, JsonObject>to(word -> {
      switch (word.body().getString("action")) {
        case "drain" -> drain.accept(word.body().getLong("deadline_ms"));
        case "undrain" -> undrain.run();
        default -> { }
      }
      return Future.succeededFuture(count.get());
    }));
  }
}
