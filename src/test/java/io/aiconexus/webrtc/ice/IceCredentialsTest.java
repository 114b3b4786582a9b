package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IceCredentialsTest {

  @Test
  void lengthsAreThoseOfTheStandard() {
    String password = "p".repeat(22);
    assertThat(new IceCredentials("abcd", password).ufrag()).isEqualTo("abcd");
    assertThat(new IceCredentials("a".repeat(256), "p".repeat(256)).password()).hasSize(256);
    assertThatThrownBy(() -> new IceCredentials("abc", password)).hasMessageContaining("ice-ufrag");
    assertThatThrownBy(() -> new IceCredentials("a".repeat(257), password)).hasMessageContaining("ice-ufrag");
    assertThatThrownBy(() -> new IceCredentials("ab:d", password)).hasMessageContaining("ice-ufrag");
    assertThatThrownBy(() -> new IceCredentials("abcd", "p".repeat(21))).hasMessageContaining("ice-pwd");
    assertThatThrownBy(() -> new IceCredentials("abcd", "secret value of this peer")).hasMessageContaining("ice-pwd")
      .hasMessageNotContaining("secret");
  }

  @Test
  void thosePickedAtRandomAreAllDifferentAndDoNotShowThePassword() {
    Random random = new Random(1);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      IceCredentials credentials = IceCredentials.random(random);
      assertThat(seen.add(credentials.ufrag())).isTrue();
      assertThat(credentials.toString()).doesNotContain(credentials.password());
    }
  }
}
