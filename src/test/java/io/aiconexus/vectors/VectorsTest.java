package io.aiconexus.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.CanonicalJson;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.MessageType;
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.ProtocolException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own reader against the vectors, and the vectors on disk against what makes them. */
class VectorsTest {

  @ParameterizedTest
  @ValueSource(strings = {"did-key.json", "ed25519.json", "jcs.json", "messages.json"})
  void theFileOnDiskIsWhatTheGeneratorMakes(String name) throws IOException {
    assertThat(Files.readString(Vectors.DIRECTORY.resolve(name))).isEqualTo(Vectors.text(Vectors.files().get(name)));
  }

  @Test
  void theReadmeNamesEveryFile() throws IOException {
    assertThat(Files.readString(Vectors.DIRECTORY.resolve("README.md"))).contains(Vectors.files().keySet());
  }

  @Test
  void everyTypeHasASignedExample() {
    Set<String> types = objects("messages.json", "good").filter(one -> one.getString("signature") != null)
      .map(one -> one.getString("type")).collect(Collectors.toSet());

    assertThat(types).isEqualTo(Stream.of(MessageType.values()).map(Enum::name).collect(Collectors.toSet()));
  }

  @Test
  void didsAreReadOrRefused() {
    objects("did-key.json", "valid").forEach(one -> {
      Did did = Did.parse(one.getString("did"));
      assertThat(HexFormat.of().formatHex(did.publicKey())).isEqualTo(one.getString("public_key_hex"));
      assertThat(did.publicKeyBase58()).isEqualTo(one.getString("public_key_base58"));
    });
    objects("did-key.json", "malformed").forEach(one ->
      assertThatThrownBy(() -> Did.parse(one.getString("did"))).as(one.getString("reason"))
        .isInstanceOf(IllegalArgumentException.class));
  }

  @Test
  void keysAndSignaturesAreThoseOfTheRfc() {
    objects("ed25519.json", "vectors").forEach(one -> {
      AgentKey key = AgentKey.ofSeed(HexFormat.of().parseHex(one.getString("seed")));
      assertThat(HexFormat.of().formatHex(key.did().publicKey())).isEqualTo(one.getString("public_key"));
      assertThat(HexFormat.of().formatHex(key.sign(HexFormat.of().parseHex(one.getString("message")))))
        .as(one.getString("name")).isEqualTo(one.getString("signature"));
    });
  }

  @Test
  void canonicalNumbersAndTextsAreThoseOfTheRfc() {
    objects("jcs.json", "numbers").forEach(one -> {
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(one.getString("ieee754"), 16));
      assertThat(canonical("[" + value + "]")).isEqualTo("[" + one.getString("json") + "]");
      assertThat(new String(CanonicalJson.encode(new JsonObject().put("n", value)), UTF_8))
        .isEqualTo("{\"n\":" + one.getString("json") + "}");
    });
    objects("jcs.json", "texts").forEach(one ->
      assertThat(canonical(one.getString("input"))).as(one.getString("name")).isEqualTo(one.getString("canonical")));
    objects("jcs.json", "refused").forEach(one ->
      assertThatThrownBy(() -> canonical(one.getString("input"))).as(one.getString("reason"))
        .isInstanceOf(IllegalArgumentException.class));
  }

  static Stream<JsonObject> good() {
    return objects("messages.json", "good");
  }

  @ParameterizedTest
  @MethodSource("good")
  void aGoodMessageIsReadAndVerifies(JsonObject one) {
    Envelope envelope = Envelope.read(one.getString("text"));

    assertThat(envelope.type().name()).isEqualTo(one.getString("type"));
    assertThat(Payload.of(envelope).type()).isEqualTo(envelope.type());
    assertThat(envelope.signed()).isEqualTo(one.getString("signature") != null);
    assertThat(envelope.verifies()).isEqualTo(envelope.signed());
  }

  @Test
  void theSignaturesVerifyWithTheKeysOfTheFileAlone() {
    JsonObject keys = Vectors.files().get("messages.json").getJsonObject("keys");
    keys.fieldNames().forEach(name -> {
      AgentKey key = AgentKey.ofSeed(HexFormat.of().parseHex(keys.getJsonObject(name).getString("seed")));
      assertThat(key.did()).hasToString(keys.getJsonObject(name).getString("did"));
      good().filter(one -> one.getString("signature") != null)
        .filter(one -> one.getString("canonical").contains("\"from\":\"" + key.did()))
        .forEach(one ->
        assertThat(Base64.getEncoder().encodeToString(key.sign(one.getString("canonical").getBytes(UTF_8))))
          .isEqualTo(one.getString("signature")));
    });
  }

  static Stream<JsonObject> bad() {
    return objects("messages.json", "bad");
  }

  @ParameterizedTest
  @MethodSource("bad")
  void aBadMessageIsRefusedAtItsStageWithItsCode(JsonObject one) {
    String text = one.getString("text");
    if (one.getString("stage").equals("signature")) {
      assertThat(Envelope.read(text).verifies()).isFalse();
      return;
    }
    if (one.getString("stage").equals("payload")) {
      assertThat(Envelope.read(text).verifies()).isTrue();
    }
    ProtocolException e = catchThrowableOfType(ProtocolException.class, () -> {
      Envelope envelope = Envelope.read(text);
      assertThat(one.getString("stage")).as("read, and not refused before the payload").isEqualTo("payload");
      Payload.of(envelope);
    });
    assertThat(e).as(one.getString("name")).isNotNull();
    assertThat(e.code().name()).isEqualTo(one.getString("code"));
  }

  @Test
  void noTwoVectorsHaveTheSameName() {
    assertThat(Stream.concat(good(), bad()).map(one -> one.getString("name"))).doesNotHaveDuplicates();
  }

  private static String canonical(String json) {
    return new String(CanonicalJson.encode(json), UTF_8);
  }

  private static Stream<JsonObject> objects(String file, String list) {
    return Vectors.files().get(file).getJsonArray(list).stream().map(JsonObject.class::cast);
  }
}
