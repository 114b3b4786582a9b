package io.aiconexus.signaling;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;
import java.time.Duration;

/**
 * How messages find the instance that holds their recipient.
 *
 * @param sendTimeout how long another instance may take to say that it has a message; 3 s, since a healthy one answers
 *   in milliseconds and the event bus does not notice a dead one
 * @param cacheSize recipients whose instance is remembered, per signaling instance
 * @param window messages to one recipient on another instance that are under way at once; the rest waits, since the
 *   event bus has no backpressure
 * @param queueBytes characters that wait for one recipient while its instance is looked up or asked; beyond it senders
 *   get RECIPIENT_OVERLOADED
 */
public record RoutingOptions(Duration sendTimeout, int cacheSize, int window, int queueBytes) {

  /** 3 s, 20,000 recipients, 256 messages under way, 1 MiB waiting. */
  public static final RoutingOptions DEFAULTS = new RoutingOptions(Duration.ofSeconds(3), 20_000, 256, 1024 * 1024);

  /** Checks every range; fails with a {@link io.aiconexus.config.ConfigurationException}. */
  public RoutingOptions {
    check(sendTimeout.toMillis() >= 1 && sendTimeout.toMillis() <= 30_000, "signaling.send_timeout_ms", "1 to 30000",
      sendTimeout.toMillis());
    check(cacheSize >= 1, "signaling.route_cache_size", "at least 1", cacheSize);
    check(window >= 1, "signaling.route_window", "at least 1", window);
    check(queueBytes >= 1, "signaling.route_queue_bytes", "at least 1", queueBytes);
  }

  static RoutingOptions from(Section section) {
    return new RoutingOptions(
      section.millis("send_timeout_ms", DEFAULTS.sendTimeout),
      section.integer("route_cache_size", DEFAULTS.cacheSize),
      section.integer("route_window", DEFAULTS.window),
      section.integer("route_queue_bytes", DEFAULTS.queueBytes));
  }
}
