package io.aiconexus.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignaturesTest {

  /** The order of the base point (RFC 8032, section 5.1). */
  private static final BigInteger ORDER =
    BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final AgentKey key = AgentKey.ofSeed(new byte[32]);

  private JsonObject message() {
    return new JsonObject().put("from", key.did().toString())
      .put("payload", new JsonObject().put("n", 1).put("t", "\u00e9"));
  }

  @Test
  void whatTheKeySignsItsDidVerifies() {
    JsonObject signed = Signatures.sign(message(), key);

    assertThat(Signatures.verify(signed, key.did())).isTrue();
    assertThat(Signatures.verify(signed, AgentKey.generate().did())).isFalse();
  }

  @Test
  void theSignatureIsThatOfTheCanonicalBytesWithoutItself() {
    JsonObject signed = Signatures.sign(message(), key);
    String canonical = "{\"from\":\"" + key.did() + "\",\"payload\":{\"n\":1,\"t\":\"\u00e9\"}}";

    assertThat(signed.getString("signature"))
      .isEqualTo(Base64.getEncoder().encodeToString(key.sign(canonical.getBytes(UTF_8))));
  }

  @Test
  void signingAgainReplacesTheSignature() {
    JsonObject signed = Signatures.sign(message(), key);
    AgentKey other = AgentKey.generate();

    Signatures.sign(signed, other);

    assertThat(Signatures.verify(signed, other.did())).isTrue();
    assertThat(Signatures.verify(signed, key.did())).isFalse();
  }

  @Test
  void verifyingLeavesTheMessageAsItWas() {
    JsonObject signed = Signatures.sign(message(), key);
    String before = signed.encode();

    Signatures.verify(signed, key.did());

    assertThat(signed.encode()).isEqualTo(before);
  }

  @Test
  void anyChangeOfTheMessageIsNoticed() {
    JsonObject signed = Signatures.sign(message(), key);

    assertThat(Signatures.verify(signed.copy().put("more", 1), key.did())).isFalse();
    assertThat(Signatures.verify(signed.copy().put("correlation_id", null), key.did())).isFalse();
    JsonObject changed = signed.copy();
    changed.getJsonObject("payload").put("n", 2);
    assertThat(Signatures.verify(changed, key.did())).isFalse();
  }

  @Test
  void everyFlippedBitOfTheSignatureIsNoticed() {
    JsonObject signed = Signatures.sign(message(), key);
    byte[] signature = Base64.getDecoder().decode(signed.getString("signature"));
    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] flipped = signature.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(Signatures.verify(with(signed, flipped), key.did())).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void theSecondFormOfTheScalarIsRefused() {
    JsonObject signed = Signatures.sign(message(), key);
    byte[] signature = Base64.getDecoder().decode(signed.getString("signature"));
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, 32, 64)).add(ORDER);
    for (int i = 0; i < 32; i++) {
      signature[32 + i] = s.shiftRight(8 * i).byteValue();
    }

    assertThat(Signatures.verify(with(signed, signature), key.did())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"})
  void keysOfSmallOrderProveNothing(String publicKey) {
    Did nobody = Did.of(HexFormat.of().parseHex(publicKey));
    for (String r : new String[] {publicKey, "01" + "00".repeat(31)}) {
      byte[] forged = Arrays.copyOf(HexFormat.of().parseHex(r), Ed25519.SIGNATURE_SIZE);
      for (int i = 0; i < 64; i++) {
        JsonObject message = with(new JsonObject().put("attempt", i), forged);

        assertThat(Signatures.verify(message, nobody)).as("attempt %d", i).isFalse();
      }
    }
  }

  @Test
  void onlyTheOneBase64FormOfSixtyFourBytesIsRead() {
    JsonObject signed = Signatures.sign(message(), key);
    String good = signed.getString("signature");
    String urlSafe = good.replace('+', '-').replace('/', '_');
    // The last character before the padding carries four bits that the bytes do not use.
    String otherTrailingBits = good.substring(0, 85) + (char) (good.charAt(85) + 1) + "==";

    String[] others = {"", "=", good.substring(0, 86), good + "=", good + "\n", " " + good.substring(1),
      otherTrailingBits, good.substring(0, 84) + "====", "A".repeat(88), "A".repeat(87) + "=", good.replace('=', 'A'),
      "\u00e9" + good.substring(1)};
    for (String bad : others) {
      assertThat(Signatures.verify(signed.copy().put("signature", bad), key.did())).as(bad).isFalse();
    }
    if (!urlSafe.equals(good)) {
      assertThat(Signatures.verify(signed.copy().put("signature", urlSafe), key.did())).isFalse();
    }
  }

  @Test
  void aMissingSignatureOrOneOfAnotherTypeDoesNotVerify() {
    assertThat(Signatures.verify(message(), key.did())).isFalse();
    assertThat(Signatures.verify(message().putNull("signature"), key.did())).isFalse();
    assertThat(Signatures.verify(message().put("signature", 1), key.did())).isFalse();
    assertThat(Signatures.verify(message().put("signature", new JsonArray()), key.did())).isFalse();
  }

  @Test
  void whatHasNoCanonicalFormCannotBeSignedAndDoesNotVerify() {
    JsonObject half = message().put("payload", "\ud800");

    assertThatThrownBy(() -> Signatures.sign(half, key)).isInstanceOf(IllegalArgumentException.class);
    String question = Signatures.sign(message().put("payload", "?"), key).getString("signature");
    assertThat(Signatures.verify(half.put("signature", question), key.did())).isFalse();
  }

  private static JsonObject with(JsonObject message, byte[] signature) {
    return message.copy().put("signature", Base64.getEncoder().encodeToString(signature));
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[bytes.length - 1 - i] = bytes[i];
    }
    return new BigInteger(1, reversed);
  }
}
