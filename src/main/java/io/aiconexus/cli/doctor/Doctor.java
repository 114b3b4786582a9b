package io.aiconexus.cli.doctor;

import io.aiconexus.config.Configuration;
import io.aiconexus.config.ConfigurationException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks at this machine and this process for what a node needs. Blocking, for at most half a minute. */
public final class Doctor {

  private Doctor() {
  }

  /**
   * Makes every check.
   *
   * @param configuration gives the configuration; what it refuses becomes a finding
   */
  public static List<Finding> examine(Supplier<Configuration> configuration) {
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    JsonObject settings = settings(configuration, findings);
    findings.addAll(PortCheck.of(settings));
    findings.add(NativeLibraryCheck.run());
    findings.add(InterfaceCheck.run());
    findings.addAll(DescriptorCheck.run());
    findings.add(MemoryCheck.run());
    findings.addAll(ClockCheck.run());
    return List.copyOf(findings);
  }

  private static Finding java() {
    return Finding.ok("java", System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
      + Runtime.getRuntime().availableProcessors() + " processors, " + System.getProperty("java.home"));
  }

  private static JsonObject settings(Supplier<Configuration> configuration, List<Finding> findings) {
    try {
      JsonObject settings = configuration.get().toJson();
      findings.add(Finding.ok("settings", "are all known and of the right type"));
      return settings;
    } catch (ConfigurationException e) {
      findings.add(Finding.fail("settings", e.getMessage(), "correct it; conf/aiconexus.json lists every setting"));
      return new JsonObject();
    }
  }
}
