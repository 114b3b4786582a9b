package io.aiconexus.cli.doctor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the native WebRTC engine works here. It is tried in a child process, because a native library that does not
 * suit a machine can end the process that loads it.
 */
final class NativeLibraryCheck {

  /** What the library of webrtc-java 0.14.0 for Linux needs beside the C library, and the Debian package of each. */
  static final Map<String, String> PACKAGES = new TreeMap<>(Map.of(
    "libpulse.so.0", "libpulse0",
    "libudev.so.1", "libudev1",
    "libX11.so.6", "libx11-6",
    "libXfixes.so.3", "libxfixes3",
    "libXrandr.so.2", "libxrandr2",
    "libXcomposite.so.1", "libxcomposite1",
    "libdbus-1.so.3", "libdbus-1-3"));

  private static final String TOPIC = "native";
  private static final String OTHERWISE = "; until then nodes use the engine in Java";
  private static final Pattern MISSING = Pattern.compile("(\\S+\\.so[.\\d]*): cannot open shared object file");
  /** Loading takes 0.2 s; a machine under load may take ten times that. */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private NativeLibraryCheck() {
  }

  static Finding run() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return judge(Child.run(
      List.of(java, "-Xmx64m", "-cp", System.getProperty("java.class.path"), NativeProbe.class.getName()), LIMIT));
  }

  static Finding judge(Child probe) {
    return switch (probe.status()) {
      case 0 -> Finding.ok(TOPIC, "the native WebRTC library loads and works");
      case NativeProbe.NOT_LOADED -> notLoaded(lastLine(probe.output()));
      case Child.TIMED_OUT -> Finding.warn(TOPIC,
        "the native WebRTC library did not load within " + LIMIT.toSeconds() + " s", "look at the load of the machine");
      case Child.NOT_STARTED -> Finding.warn(TOPIC, "a Java process could not be started: " + probe.output(),
        "look at the limits on processes and memory");
      default -> Finding.warn(TOPIC, "the native WebRTC library ended its process with status " + probe.status(),
        "use --engine jvm");
    };
  }

  private static Finding notLoaded(String reason) {
    Matcher missing = MISSING.matcher(reason);
    if (missing.find()) {
      String file = missing.group(1);
      return Finding.warn(TOPIC, "the native WebRTC library needs " + file + ", which is missing"
        + (PACKAGES.containsKey(file) ? " (Debian package " + PACKAGES.get(file) + ")" : ""),
        "sudo apt-get install -y " + String.join(" ", PACKAGES.values()) + OTHERWISE);
    } else if (reason.contains("GLIBC_") || reason.contains("ld-linux")) {
      return Finding.warn(TOPIC, "the native WebRTC library needs glibc 2.18 or newer: " + reason,
        "use a distribution with glibc" + OTHERWISE);
    } else if (reason.contains("failed to map segment")) {
      return Finding.warn(TOPIC, "programs may not run from " + System.getProperty("java.io.tmpdir") + ": " + reason,
        "AICONEXUS_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY with one that is not mounted noexec" + OTHERWISE);
    }
    return Finding.warn(TOPIC, "the native WebRTC library does not load: " + reason, "use --engine jvm");
  }

  private static String lastLine(String output) {
    return output.lines().reduce((earlier, later) -> later).orElse("no reason given");
  }
}
