package io.aiconexus.cli.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether the clock can be right: challenges and messages carry the time, and a gateway refuses old ones. */
final class ClockCheck {

  private static final String TOPIC = "clock";
  private static final String REMEDY = "sudo timedatectl set-ntp true, or set the clock of the host";
  private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private ClockCheck() {
  }

  static List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    findings.add(judge(Instant.now()));
    findings.addAll(judgeSynchronisation(
      Child.run(List.of("timedatectl", "show", "--property=NTPSynchronized", "--value"), LIMIT)));
    return findings;
  }

  static Finding judge(Instant now) {
    return now.isAfter(EARLIEST) && now.isBefore(LATEST)
      ? Finding.ok(TOPIC, "says " + now)
      : Finding.fail(TOPIC, "says " + now + ", which cannot be", REMEDY);
  }

  /** One finding when systemd knows; none in a container or on another system. */
  static List<Finding> judgeSynchronisation(Child timedatectl) {
    if (timedatectl.status() != 0) {
      return List.of();
    }
    return switch (timedatectl.output()) {
      case "yes" -> List.of(Finding.ok(TOPIC, "is kept right over the network"));
      case "no" -> List.of(Finding.warn(TOPIC, "is not kept right over the network", REMEDY));
      default -> List.of();
    };
  }
}
