package io.aiconexus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code can be read on one screen: files and lines stay short. */
class SourceFormTest {

  private static final Path SOURCES = Path.of("src/main/java");
  private static final int COLUMNS = 120;
  private static final int LINES = 300;

  @Test
  void noLineIsLongerThanAScreenIsWide() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources()) {
      List<String> lines = Files.readAllLines(source);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).length() > COLUMNS) {
          tooLong.add(source + ":" + (i + 1) + " has " + lines.get(i).length() + " columns");
        }
      }
    }

    assertThat(tooLong).isEmpty();
  }

  @Test
  void noFileIsTooLongToBeReadInOneSitting() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources()) {
      int lines = Files.readAllLines(source).size();
      if (lines >= LINES) {
        tooLong.add(source + " has " + lines + " lines");
      }
    }

    assertThat(tooLong).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources).hasSizeGreaterThan(200);
      return sources;
    }
  }
}
