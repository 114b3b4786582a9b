package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.IceServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The expected texts come from Python's hmac and hashlib. */
class TurnRestTest {

  private static final Did ANN = Did.parse("did:key:z6MkvRXNYcE7MMduynWTgeKbDaT1iijDSC8pZqXZc8rHPrf2");
  private static final String SECRET = "a secret of the turn server";
  private static final long NOW = 1_700_000_000_000L;

  @Test
  void theNameIsTheEndAndASaltedHashAndThePasswordIsSignedWithTheFirstSecret() {
    IceServer server = with("salt", SECRET, "a secret of the past").serverFor(ANN, NOW);

    assertThat(server.urls()).containsExactly("turn:turn.example", "turns:turn.example");
    assertThat(server.username()).isEqualTo("1700003600:3497a284a48a462c1108c46d735dc02a");
    assertThat(server.credential()).isEqualTo("9iofVKoasPbfLr8nvoU9hMQAxDA=");
  }

  @Test
  void withoutASaltTheFirstSecretIsIt() {
    IceServer server = with("", SECRET).serverFor(ANN, NOW);

    assertThat(server.username()).isEqualTo("1700003600:eb691e4ffacbb87d20479adcc0ba62f3");
    assertThat(server.credential()).isEqualTo("D0Ju3a639Iah+D+SHzDlLZIaCLI=");
  }

  @Test
  void anAgentKeepsItsNameAndNoOtherHasIt() {
    TurnRest rest = with("salt", SECRET);
    String name = name(rest.serverFor(ANN, NOW));

    assertThat(name(rest.serverFor(ANN, NOW + 60_000))).isEqualTo(name);
    assertThat(name(with("salt", "another secret altogether").serverFor(ANN, NOW))).isEqualTo(name);
    assertThat(name(rest.serverFor(AgentKey.generate().did(), NOW))).isNotEqualTo(name);
  }

  private static TurnRest with(String salt, String... secrets) {
    return new TurnRest(new TurnRestOptions(List.of("turn:turn.example", "turns:turn.example"), List.of(secrets),
      Duration.ofHours(1), salt));
  }

  private static String name(IceServer server) {
    return server.username().split(":")[1];
  }
}
