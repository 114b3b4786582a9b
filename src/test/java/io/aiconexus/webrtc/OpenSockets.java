package io.aiconexus.webrtc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sockets that this process has open at one moment, by their inodes, which Linux numbers on and on.
 * <p>
 * So what a test opened can be counted exactly, even while engines of other tests still close theirs.
 */
record OpenSockets(Set<String> inodes) {

  static OpenSockets now() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return new OpenSockets(descriptors.map(OpenSockets::target).filter(target -> target.startsWith("socket:"))
        .collect(Collectors.toSet()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Those that were not open then. */
  Set<String> openedSince(OpenSockets before) {
    Set<String> opened = new HashSet<>(inodes);
    opened.removeAll(before.inodes);
    return opened;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
