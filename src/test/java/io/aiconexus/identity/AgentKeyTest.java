package io.aiconexus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentKeyTest {

  @Test
  void aSeedAlwaysGivesTheSameDid() {
    byte[] seed = HexFormat.of().parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    AgentKey key = AgentKey.ofSeed(seed);

    assertThat(HexFormat.of().formatHex(key.did().publicKey()))
      .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThat(key.did()).hasToString("did:key:z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 31, 33, 64})
  void aSeedOfAnotherLengthIsRefused(int length) {
    assertThatThrownBy(() -> AgentKey.ofSeed(new byte[length])).isInstanceOf(IllegalArgumentException.class)
      .hasMessage("an Ed25519 seed has 32 bytes, this one has " + length);
  }

  @Test
  void changingTheSeedAfterwardsDoesNotChangeTheKey() {
    byte[] seed = new byte[32];
    AgentKey key = AgentKey.ofSeed(seed);
    byte[] before = key.sign(new byte[0]);
    seed[0] = 1;

    assertThat(key.sign(new byte[0])).isEqualTo(before).hasSize(64);
  }

  @Test
  void generatedKeysDiffer() {
    assertThat(AgentKey.generate().did()).isNotEqualTo(AgentKey.generate().did());
  }

  @Test
  void itsTextNamesTheDidAndHidesTheSeed() {
    AgentKey key = AgentKey.ofSeed(HexFormat.of().parseHex("ab".repeat(32)));

    assertThat(key.toString()).isEqualTo("key of " + key.did()).doesNotContain("abab");
  }
}
