package io.aiconexus.webrtc;

import dev.onvoid.webrtc.internal.NativeLoader;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Loads libwebrtc, or says in one line what is missing and how to get it.
 * <p>
 * webrtc-java unpacks the library into the temporary directory and deletes the file as soon as it is loaded, where the
 * file system lets it (POSIX); on Windows the file stays until the next clean-up of that directory.
 */
final class NativeLibrary {

  private static final Pattern MISSING_FILE = Pattern.compile("(lib[\\w.+-]+\\.so[\\w.]*): cannot open shared object");
  /** What the library links beyond the C library, and the Debian package that has it. */
  private static final Map<String, String> PACKAGES = Map.of("libpulse.so.0", "libpulse0", "libudev.so.1", "libudev1",
    "libdbus-1.so.3", "libdbus-1-3", "libX11.so.6", "libx11-6", "libXfixes.so.3", "libxfixes3",
    "libXrandr.so.2", "libxrandr2", "libXcomposite.so.1", "libxcomposite1");

  private NativeLibrary() {
  }

  /** Loads it, blocking for as long as unpacking 23 MB takes; returns null, or why it cannot be loaded. */
  static String load() {
    String platform = platform();
    if (platform == null) {
      return "webrtc-java has no library for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    }
    String file = System.mapLibraryName("webrtc-java-" + platform);
    if (NativeLibrary.class.getClassLoader().getResource(file) == null) {
      return file + " is not on the class path: add dev.onvoid.webrtc:webrtc-java:0.14.0:" + platform;
    }
    try {
      NativeLoader.loadLibrary("webrtc-java");
      return null;
    } catch (UnsatisfiedLinkError e) {
      return explain(String.valueOf(e.getMessage()));
    } catch (Exception e) {
      return "the library could not be unpacked: " + e;
    }
  }

  static String explain(String linkError) {
    Matcher matcher = MISSING_FILE.matcher(linkError);
    if (!matcher.find()) {
      return "the library could not be loaded: " + linkError;
    }
    String missing = matcher.group(1);
    String fix = PACKAGES.get(missing);
    return fix == null ? missing + " is missing"
      : missing + " is missing: apt-get install " + fix + " (or what your system calls it)";
  }

  /** The classifier of the jar for this machine, or null where there is none. */
  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String family = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "macos"
      : os.startsWith("windows") ? "windows" : null;
    String arch = switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "aarch64";
      default -> null;
    };
    boolean built = family != null && arch != null && !(family.equals("windows") && arch.equals("aarch64"));
    return built ? family + "-" + arch : null;
  }
}
