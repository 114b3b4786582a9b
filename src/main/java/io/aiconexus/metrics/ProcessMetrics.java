package io.aiconexus.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The registry of a process that is ours alone: JVM, process, and whatever Vert.x counts itself.
 * <p>
 * An application with a registry of its own does not need it.
 */
public final class ProcessMetrics implements AutoCloseable {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollector = new JvmGcMetrics();

  /** A registry with the meters of the JVM and of the process. */
  public ProcessMetrics() {
    filter();
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    garbageCollector.bindTo(registry);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu", system, each -> each.getProcessCpuTime() / NANOS_PER_SECOND)
        .baseUnit("seconds").description("Processor time that the process has used.").register(registry);
    }
    if (Files.isReadable(STATUS)) {
      Gauge.builder("process.resident.memory.bytes", ProcessMetrics::residentBytes)
        .description("Memory of the process that is in RAM, native memory included.").register(registry);
    }
  }

  /** Has names as Prometheus wants them, so that {@code promtool check metrics} finds no fault with a scrape. */
  private void filter() {
    registry.config()
      .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
      .meterFilter(new MeterFilter() {
        @Override
        public Meter.Id map(Meter.Id id) {
          return id.getName().equals("system.cpu.count") ? id.withName("system.cpus") : id;
        }
      });
  }

  /** Where the meters are. */
  public PrometheusMeterRegistry registry() {
    return registry;
  }

  /**
   * Has the Vert.x that {@code builder} builds count in this registry as well.
   * <p>
   * The labels are those whose values are few. The method of an HTTP request is not among them: a client may send any.
   */
  public VertxBuilder counting(VertxBuilder builder) {
    MicrometerMetricsOptions options = new MicrometerMetricsOptions();
    options.setEnabled(true);
    options.setRegistryName("aiconexus-" + UUID.randomUUID())
      .setLabels(EnumSet.of(Label.HTTP_CODE, Label.POOL_TYPE, Label.POOL_NAME, Label.EB_SIDE));
    return builder.with(new VertxOptions().setMetricsOptions(options))
      .withMetrics(new MicrometerMetricsFactory(registry));
  }

  /** Stops listening to the garbage collector and closes the registry. */
  @Override
  public void close() {
    garbageCollector.close();
    registry.close();
  }

  private static double residentBytes() {
    try (Stream<String> lines = Files.lines(STATUS)) {
      return lines.filter(line -> line.startsWith(RESIDENT)).findFirst()
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024.0).orElse(Double.NaN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
