package io.aiconexus.cli.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** How many files and sockets the process may have open. */
final class DescriptorCheck {

  /** Of the native engine, measured: two for each connection. */
  private static final int PER_CONNECTION = 2;
  private static final int CONNECTIONS = 500;
  /** Jars, event loops, listening sockets, log. */
  private static final int OWN = 200;
  private static final long NEEDED = (long) PER_CONNECTION * CONNECTIONS + OWN;

  private DescriptorCheck() {
  }

  /** One finding; none where the system has no such limit. */
  static List<Finding> run() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
      ? List.of(judge(system.getMaxFileDescriptorCount()))
      : List.of();
  }

  /** Judges the hard limit: the JVM raises its soft limit to it. */
  static Finding judge(long limit) {
    String text = limit + " may be open (the hard limit; Java raises the soft one to it). " + CONNECTIONS
      + " WebRTC connections need " + NEEDED + ", each signaling session one more";
    return limit >= NEEDED
      ? Finding.ok("files", text)
      : Finding.warn("files", text, "ulimit -Hn 65536 as root, LimitNOFILE=65536 in a systemd unit, or docker run "
        + "--ulimit nofile=65536:65536");
  }
}
