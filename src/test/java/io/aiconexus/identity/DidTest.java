package io.aiconexus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DidTest {

  private static final String ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String VALID = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";

  @ParameterizedTest
  @ValueSource(strings = {
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    "did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG",
    "did:key:z6MknGc3ocHs3zdPiJbnaaqDi58NGb4pk1Sp9WxWufuXSdxf"})
  void theExamplesOfTheMethodSpecificationAreReadAndWrittenBack(String text) {
    Did did = Did.parse(text);

    assertThat(did).hasToString(text);
    assertThat(Did.of(did.publicKey())).isEqualTo(did).hasSameHashCodeAs(did).hasToString(text);
  }

  @Test
  void everyKeyHasOneSpellingThatStartsWithZ6Mk() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      byte[] key = new byte[Did.KEY_BYTES];
      random.nextBytes(key);
      Arrays.fill(key, 0, i % 8, (byte) (i % 3 == 0 ? 0 : -1));

      Did did = Did.of(key);

      assertThat(did.toString()).startsWith("did:key:z6Mk").hasSize(56);
      assertThat(Did.parse(did.toString()).publicKey()).isEqualTo(key);
      assertThat(did.publicKeyBase58()).isEqualTo(base58(key));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "did", "did:key:", "did:web:example.org",
    "DID:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    "did:key:Z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    " did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"})
  void whatDoesNotStartLikeADidKeyIsRefused(String text) {
    assertThatThrownBy(() -> Did.parse(text)).isInstanceOf(IllegalArgumentException.class)
      .hasMessageContaining("it must start with did:key:z");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "did:key:z",
    "did:key:z6Mk",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWpp",
    "did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWO",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWI",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWl",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW\u0660",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp ",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp#z6Mk"})
  void whatIsNotTheBase58OfThirtyFourBytesIsRefused(String text) {
    assertThatThrownBy(() -> Did.parse(text)).isInstanceOf(IllegalArgumentException.class)
      .hasMessageContaining("Base58 of exactly 34 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 34, 35, 36, 38})
  void otherNumbersOfBytesAreRefused(int keyBytes) {
    byte[] bytes = new byte[2 + keyBytes];
    Arrays.fill(bytes, (byte) 7);
    bytes[0] = (byte) 0xed;
    bytes[1] = 1;

    assertThatThrownBy(() -> Did.parse("did:key:z" + base58(bytes))).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xec01, 0xe701, 0xed02, 0x0000, 0x00ed, 0x1200})
  void keysOfOtherKindsAreRefusedByTheirMulticodec(int multicodec) {
    byte[] bytes = new byte[34];
    bytes[0] = (byte) (multicodec >> 8);
    bytes[1] = (byte) multicodec;

    assertThatThrownBy(() -> Did.parse("did:key:z" + base58(bytes))).isInstanceOf(IllegalArgumentException.class)
      .hasMessageContaining("only Ed25519");
  }

  @Test
  void theFormOfTheOriginalPythonGatewayIsNotADid() {
    String bare = Did.parse(VALID).publicKeyBase58();

    assertThatThrownBy(() -> Did.parse("did:key:z6Mk" + bare)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everySingleCharacterMutationIsAnotherKeyOrRefused() {
    Did original = Did.parse(VALID);
    for (int at = 0; at < VALID.length(); at++) {
      for (char c = 0x20; c < 0x7f; c++) {
        String mutant = VALID.substring(0, at) + c + VALID.substring(at + 1);
        if (!mutant.equals(VALID) && parses(mutant)) {
          assertThat(Did.parse(mutant)).isNotEqualTo(original);
          assertThat(Did.of(Did.parse(mutant).publicKey())).hasToString(mutant);
        }
      }
    }
  }

  @Test
  void aMessageAboutABadDidIsShortAndPrintable() {
    assertThatThrownBy(() -> Did.parse("\n\u0007\u202e" + "x".repeat(1_000_000)))
      .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).matches("[\\x20-\\x7e]*"));
  }

  @Test
  void aPublicKeyOfAnotherLengthHasNoDid() {
    assertThatThrownBy(() -> Did.of(new byte[31])).isInstanceOf(IllegalArgumentException.class)
      .hasMessage("an Ed25519 public key has 32 bytes, this one has 31");
  }

  @Test
  void theKeyInsideCannotBeChangedFromOutside() {
    Did did = Did.parse(VALID);
    byte[] key = did.publicKey();
    key[0] ^= 1;

    assertThat(did.publicKey()).isNotEqualTo(key);
  }

  private static boolean parses(String text) {
    try {
      Did.parse(text);
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /** The textbook way, to compare with. */
  private static String base58(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      text.append(ALPHABET.charAt(rest.mod(BigInteger.valueOf(58)).intValue()));
      rest = rest.divide(BigInteger.valueOf(58));
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append('1');
    }
    return text.reverse().toString();
  }
}
