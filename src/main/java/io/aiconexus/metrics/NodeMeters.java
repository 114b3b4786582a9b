package io.aiconexus.metrics;

import io.aiconexus.config.ConfigurationException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The meters of one node in one registry, each made when it is first asked for. Belongs to one context. */
final class NodeMeters {

  /** Bounds of every histogram, in microseconds: from a message between two event loops to a connect timeout. */
  private static final long[] BOUNDS_US = {50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000,
    250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 30_000_000};

  private final MeterRegistry registry;
  private final Tags common;
  private final Map<Key, Made<?>> made = new HashMap<>();

  /**
   * Makes every meter that has no labels, so that it is there, with 0, before anything happened.
   *
   * @param common on every meter, to tell the nodes apart that share the registry
   * @param without meters that do not apply to this node
   */
  NodeMeters(MeterRegistry registry, Tags common, Set<NodeMeter> without) {
    this.registry = registry;
    this.common = common;
    checkFree();
    for (NodeMeter meter : NodeMeter.values()) {
      if (meter.labels().isEmpty() && !without.contains(meter)) {
        switch (meter.kind()) {
          case COUNTER -> counter(meter);
          case GAUGE, TOTAL -> level(meter);
          case TIMER -> timer(meter);
        }
      }
    }
  }

  /** Two nodes in the same meters would take each other's gauges for theirs, and along when they stop. */
  private void checkFree() {
    List<String> keys = common.stream().map(Tag::getKey).toList();
    for (Meter other : registry.find(NodeMeter.EVENTS_UNREADABLE.meterName()).meters()) {
      List<Tag> theirs = other.getId().getTags();
      boolean toldApart = theirs.stream().map(Tag::getKey).toList().containsAll(keys)
        && common.stream().anyMatch(tag -> !theirs.contains(tag));
      if (!toldApart) {
        throw new ConfigurationException("another node counts in this meter registry already, with the labels " + theirs
          + "; give each node a registry of its own, or labels with the same names and other values");
      }
    }
  }

  /** The counter with those values of its labels, in their order. */
  Counter counter(NodeMeter meter, String... labelValues) {
    return get(Counter.class, meter, labelValues, () -> {
      Counter counter = Counter.builder(meter.meterName()).description(meter.description())
        .tags(tags(meter, labelValues)).register(registry);
      return new Made<>(counter, counter);
    });
  }

  /** What the gauge, or the total, with those values of its labels shows. */
  Level level(NodeMeter meter, String... labelValues) {
    return get(Level.class, meter, labelValues, () -> {
      Level level = new Level();
      return new Made<>(level, show(meter, level, tags(meter, labelValues)));
    });
  }

  private Meter show(NodeMeter meter, Level level, List<Tag> tags) {
    if (meter.kind() == NodeMeter.Kind.TOTAL) {
      return FunctionCounter.builder(meter.meterName(), level, Level::value).description(meter.description()).tags(tags)
        .register(registry);
    }
    return Gauge.builder(meter.meterName(), level, Level::value).description(meter.description()).tags(tags)
      .strongReference(true).register(registry);
  }

  /** The histogram of durations. */
  Timer timer(NodeMeter meter) {
    return get(Timer.class, meter, new String[0], () -> {
      Duration[] bounds = new Duration[BOUNDS_US.length];
      for (int i = 0; i < bounds.length; i++) {
        bounds[i] = Duration.ofNanos(BOUNDS_US[i] * 1_000);
      }
      Timer timer = Timer.builder(meter.meterName()).description(meter.description()).serviceLevelObjectives(bounds)
        .register(registry);
      return new Made<>(timer, timer);
    });
  }

  /** Takes all of them out of the registry. */
  void forgetAll() {
    made.values().forEach(each -> registry.remove(each.meter));
    made.clear();
  }

  private <T> T get(Class<T> type, NodeMeter meter, String[] labelValues, Supplier<Made<T>> maker) {
    return type.cast(made.computeIfAbsent(new Key(meter, List.of(labelValues)), absent -> maker.get()).value);
  }

  private List<Tag> tags(NodeMeter meter, String... values) {
    List<Tag> tags = new ArrayList<>(common.stream().toList());
    for (int i = 0; i < meter.labels().size(); i++) {
      tags.add(Tag.of(meter.labels().get(i), values[i]));
    }
    return tags;
  }

  private record Key(NodeMeter meter, List<String> labelValues) { }

  private record Made<T>(T value, Meter meter) { }
}
