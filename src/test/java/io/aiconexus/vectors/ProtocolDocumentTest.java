package io.aiconexus.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.MessageType;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code docs/protocol.md} against the code and the vectors. */
class ProtocolDocumentTest {

  private static final Pattern BLOCK = Pattern.compile("<!-- (example|canonical): (.*?) -->\n```json\n(.*?)\n```",
    Pattern.DOTALL);

  private String document;

  @BeforeEach
  void read() throws IOException {
    document = Files.readString(Path.of("docs/protocol.md"));
  }

  @Test
  void everyExampleIsAVectorAndVerifies() {
    List<MatchResult> examples = blocks("example");
    assertThat(examples).hasSizeGreaterThan(9);
    for (MatchResult example : examples) {
      assertThat(new JsonObject(example.group(3))).as(example.group(2))
        .isEqualTo(new JsonObject(vector(example).getString("text")));
      assertThat(Envelope.read(example.group(3)).verifies()).as(example.group(2)).isTrue();
    }
  }

  @Test
  void theCanonicalFormIsThatOfTheVectorByteForByte() {
    List<MatchResult> forms = blocks("canonical");
    assertThat(forms).isNotEmpty();
    for (MatchResult form : forms) {
      assertThat(form.group(3)).isEqualTo(vector(form).getString("canonical"));
    }
  }

  @Test
  void everyBlockOfJsonIsMarkedAsAnExample() {
    assertThat(document.split("```json", -1).length - 1)
      .isEqualTo(blocks("example").size() + blocks("canonical").size());
  }

  @Test
  void everyTypeHasItsRow() {
    String section = section("## 4. Message types", "### A session");
    for (MessageType type : MessageType.values()) {
      assertThat(section).contains("\n| `" + type + "` | ");
    }
    assertThat(rows(section)).hasSize(MessageType.values().length);
  }

  @Test
  void everyErrorCodeHasItsRowAndSaysWhetherToTryAgain() {
    List<String[]> rows = rows(section("## 6. Errors", "## 7."));
    assertThat(rows).extracting(row -> row[1])
      .containsExactly(Stream.of(ErrorCode.values()).map(code -> "`" + code + "`")
      .toArray(String[]::new));
    assertThat(rows).extracting(row -> row[3])
      .containsExactly(Stream.of(ErrorCode.values()).map(code -> code.retryable() ? "yes" : "no")
      .toArray(String[]::new));
  }

  @Test
  void everyCloseCodeHasItsRowAndSaysWhetherToComeBack() {
    List<String[]> rows = rows(section("## 7. Close codes", "## 8."));
    assertThat(rows).extracting(row -> row[1])
      .containsExactly(Stream.of(CloseCode.values()).map(code -> String.valueOf(code.number()))
      .toArray(String[]::new));
    assertThat(rows).extracting(row -> row[3])
      .containsExactly(Stream.of(CloseCode.values()).map(code -> code.reconnect() ? "yes" : "no")
      .toArray(String[]::new));
  }

  @Test
  void itsDidIsThatOfItsSeed() {
    assertThat(document).contains("`" + MessageVectors.ANN.did() + "`");
  }

  private List<MatchResult> blocks(String kind) {
    return BLOCK.matcher(document).results().filter(block -> block.group(1).equals(kind)).toList();
  }

  private static JsonObject vector(MatchResult block) {
    return VectorsTest.good().filter(one -> one.getString("name").equals(block.group(2))).findFirst()
      .orElseThrow(() -> new AssertionError("no vector is called " + block.group(2)));
  }

  private String section(String from, String to) {
    int start = document.indexOf(from);
    return document.substring(start, document.indexOf(to, start));
  }

  /** The cells of each row of a table, from 1, without its head. */
  private static List<String[]> rows(String section) {
    return section.lines().filter(line -> line.startsWith("| ")).skip(1).map(line -> line.split("\\s*\\|\\s*"))
      .toList();
  }
}
