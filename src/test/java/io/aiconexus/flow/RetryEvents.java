package io.aiconexus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.Did;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What is published about one supervised link, in order. */
final class RetryEvents {

  private final BlockingQueue<JsonObject> events = new LinkedBlockingQueue<>();

  RetryEvents(Vertx vertx, Did local, Did remote) throws Exception {
    vertx.eventBus().<JsonObject>consumer(Addresses.RETRY_EVENTS, message -> {
      if (message.body().getString("local").equals(local.toString())
          && message.body().getString("remote").equals(remote.toString())) {
        events.add(message.body());
      }
    }).completion().await(5, TimeUnit.SECONDS);
  }

  /** The next event of that name; others before it are passed over. */
  JsonObject next(String name) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    JsonObject event;
    do {
      event = events.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      assertThat(event).as("an event called %s", name).isNotNull();
    } while (!event.getString("event").equals(name));
    return event;
  }
}
