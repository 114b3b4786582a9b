package io.aiconexus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.NodeOptions;
import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.metrics.NodeMeter;
import io.aiconexus.peer.ConnectVerdict;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reader looks up is there: settings, addresses, failures, links between pages. */
class DocumentationTest {

  private static final Path DOCS = Path.of("docs");
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)(#[^)]*)?\\)");

  @Test
  void theConfigurationFileHoldsExactlyTheDefaults() throws IOException {
    JsonObject file = new JsonObject(Files.readString(Path.of("conf/aiconexus.json")));

    assertThat(NodeOptions.from(file)).usingRecursiveComparison().ignoringFields("id").isEqualTo(NodeOptions.DEFAULTS);
  }

  @Test
  void everySettingHasItsRow() throws IOException {
    String page = Files.readString(DOCS.resolve("configuration.md"));

    assertThat(keys("", new JsonObject(Files.readString(Path.of("conf/aiconexus.json")))))
      .isNotEmpty()
      .allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
  }

  @Test
  void everyAddressHasItsRow() throws Exception {
    String page = Files.readString(DOCS.resolve("event-bus.md"));
    List<String> addresses = new ArrayList<>();
    for (var field : Addresses.class.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers())) {
        addresses.add((String) field.get(null));
      }
    }

    assertThat(addresses).isNotEmpty().allSatisfy(address -> assertThat(page).contains("`" + address + "`"));
  }

  @Test
  void everyFailureHasItsRow() throws IOException {
    String page = Files.readString(DOCS.resolve("event-bus.md"));

    assertThat(Failure.values()).allSatisfy(failure -> assertThat(page).contains(
      "| `" + failure + "` | " + failure.number() + " | " + (failure.retryable() ? "yes" : "no") + " |"));
  }

  @Test
  void everyVerdictHasItsSection() throws IOException {
    List<String> lines = Files.readAllLines(DOCS.resolve("troubleshooting.md"));

    for (ConnectVerdict verdict : ConnectVerdict.values()) {
      int heading = lines.indexOf("## " + verdict);
      assertThat(heading).as("section %s", verdict).isPositive();
      List<String> section = lines.subList(heading + 1, lines.size()).stream()
        .takeWhile(line -> !line.startsWith("## ")).toList();
      assertThat(section).as("section %s", verdict).anyMatch(line -> line.startsWith("- **Look at** "))
        .anyMatch(line -> line.startsWith("- **Fix**: "));
    }
  }

  @Test
  void everyMeterHasItsRow() throws IOException {
    String page = Files.readString(DOCS.resolve("operations.md"));

    assertThat(NodeMeter.values()).allSatisfy(meter -> {
      String labels = meter.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
      assertThat(page).containsPattern("\\| `" + meter.prometheusName() + "` \\| (counter|gauge|histogram) \\| " + labels
        + " \\| " + Pattern.quote(meter.description()) + " \\|");
    });
  }

  @Test
  void everyLinkBetweenPagesLeadsSomewhere() throws IOException {
    Stream<Path> elsewhere = Stream.of("README.md", "CONTRIBUTING.md", "docker/DOCKER.md").map(Path::of);
    try (Stream<Path> pages = Stream.concat(elsewhere, Files.list(DOCS))) {
      List<Path> markdown = pages.filter(page -> page.toString().endsWith(".md")).toList();

      assertThat(markdown).isNotEmpty().allSatisfy(page -> {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
          if (!link.group(1).contains("://")) {
            assertThat(page.resolveSibling(link.group(1)).normalize()).as("%s in %s", link.group(1), page).exists();
          }
        }
      });
    }
  }

  @Test
  void everyLineOfAnExampleIsCompiledAndRun() throws IOException {
    Set<String> run = new HashSet<>();
    try (Stream<Path> examples = Files.list(Path.of("src/test/java/io/aiconexus/examples"))) {
      for (Path example : examples.toList()) {
        Files.readAllLines(example).forEach(line -> run.add(line.strip()));
      }
    }
    for (Path page : List.of(Path.of("README.md"), DOCS.resolve("embedding.md"), DOCS.resolve("event-bus.md"))) {
      Matcher block = JAVA.matcher(Files.readString(page));
      assertThat(block.find()).as("an example in %s", page).isTrue();
      assertThat(block.group(1).lines().map(String::strip)).as("example of %s", page).isSubsetOf(run);
    }
  }

  private static List<String> keys(String prefix, JsonObject json) {
    List<String> keys = new ArrayList<>();
    json.forEach(entry -> {
      String key = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
      if (entry.getValue() instanceof JsonObject section) {
        keys.addAll(keys(key, section));
      } else {
        keys.add(key);
      }
    });
    return keys;
  }
}
