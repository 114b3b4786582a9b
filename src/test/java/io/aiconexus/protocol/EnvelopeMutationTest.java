package io.aiconexus.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damages good messages at random, from a fixed seed: whatever comes out is read or refused, and nothing else. */
class EnvelopeMutationTest {

  private static final int MUTATIONS = 100_000;
  private static final String[] PIECES = {"\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "1e999", "-", "0",
    "9223372036854775808",
    "1.5", "\\u0000", "\\ud800", "\ud800", "\u0000", "\ufeff", "\u2028", "id", "payload", "params", "\"id\":\"x\",",
    "did:key:z", "Z",
    "-9223372036854775808", "1E-400", "/*", "'", "\n", "+99:99", "2026-02-30T", "version", "2.0", " "};

  private final Random random = new Random(42);

  @Test
  void aDamagedMessageIsReadOrRefusedAndNothingElse() {
    List<String> seeds = seeds();
    int read = 0;
    int refused = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String text = seeds.get(random.nextInt(seeds.size()));
      for (int change = random.nextInt(3); change >= 0; change--) {
        text = mutate(text);
      }
      try {
        Envelope envelope = Envelope.read(text);
        read++;
        assertThat(envelope.text()).isEqualTo(text);
        Payload.of(envelope);
      } catch (ProtocolException e) {
        refused++;
        assertThat(e.getMessage()).isNotBlank();
        assertThat(e.code()).isIn(ErrorCode.MALFORMED_MESSAGE, ErrorCode.UNSUPPORTED_VERSION);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("mutation " + i + ": " + text, e);
      }
    }
    assertThat(read).as("some mutations are harmless").isGreaterThan(MUTATIONS / 100);
    assertThat(refused).as("most are not").isGreaterThan(MUTATIONS / 10);
  }

  @Test
  void thePlainReaderSaysWhatTheCompleteParserSaysOrNothing() {
    List<String> seeds = seeds().stream().map(text -> {
      JsonObject message = new JsonObject(text);
      message.remove("later");
      return message.encode();
    }).toList();
    int plain = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String text = seeds.get(random.nextInt(seeds.size()));
      for (int change = random.nextInt(3); change > 0; change--) {
        text = mutate(text);
      }
      Envelope envelope = PlainEnvelope.read(text);
      if (envelope != null) {
        plain++;
        EnvelopeFields complete = new EnvelopeFields();
        EnvelopeReader.read(text, complete);
        assertThat(envelope).as(text).isEqualTo(complete.envelope(text));
      }
    }
    assertThat(plain).as("undamaged messages are plain").isGreaterThan(MUTATIONS / 4);
  }

  private static List<String> seeds() {
    AgentKey ann = AgentKey.ofSeed(new byte[32]);
    return Payloads.ALL.stream()
      .map(payload -> Messages.signed(ann, ann.did(), payload, "m-1", "m-0", 1_769_860_800_123L))
      .map(text -> new JsonObject(text).put("later", new JsonObject().put("a", List.of(1, "x"))).encode())
      .toList();
  }

  private String mutate(String text) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + 1 + random.nextInt(8));
    return switch (random.nextInt(6)) {
      case 0 -> text.substring(0, at) + text.substring(end);
      case 1 -> text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(at);
      case 2 -> text.substring(0, at) + PIECES[random.nextInt(PIECES.length)] + text.substring(end);
      case 3 -> text.substring(0, at) + (char) random.nextInt(0x10000)
        + text.substring(Math.min(text.length(), at + 1));
      case 4 -> text.substring(0, end) + text.substring(at);
      default -> random.nextInt(4) == 0 ? text.substring(0, at) : text.substring(0, at) + text.substring(at)
        .replaceFirst("[0-9]+",
        PIECES[random.nextInt(PIECES.length)].replace("\\", "\\\\"));
    };
  }
}
