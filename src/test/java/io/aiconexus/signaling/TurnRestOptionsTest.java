package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.config.Configuration;
import io.aiconexus.config.ConfigurationException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnRestOptionsTest {

  private static final String SECRET = "hush-hush-hush-hush";

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{'urls':['turn:a']} | secrets must be given together with signaling.turn.urls, was empty",
    "{'secrets':['$']} | urls must be given together with signaling.turn.secrets, was empty",
    "{'urls':['stun:a'],'secrets':['$']} | urls must be a list of turn: and turns: URLs, was ['stun:a']",
    "{'urls':['turn:a'],'secrets':['hush']} | secrets must be texts of at least 16 characters, was (not shown)",
    "{'urls':['turn:a'],'secrets':['$','$']} | secrets must be different from each other, was (not shown)",
    "{'urls':['turn:a'],'secrets':['$','$2','$3']} | secrets must be at most 2 texts, was 3",
    "{'urls':['turn:a'],'secrets':['$',7]} | secrets must be a list of texts, was (not shown)",
    "{'urls':['turn:a'],'secrets':['$'],'ttl_ms':59999} | ttl_ms must be 60000 to 86400000, was 59999",
    "{'secret':'$'} | secret is not a setting; signaling.turn has: salt, secrets, ttl_ms, urls"})
  void whatIsWrongIsSaidInOneLineWithoutTheSecret(String turn, String message) {
    JsonObject signaling = new JsonObject().put("turn", new JsonObject(turn.replace('\'', '"').replace("$", SECRET)));

    assertThatThrownBy(() -> SignalingOptions.from(signaling)).isInstanceOf(ConfigurationException.class)
      .hasMessage("signaling.turn." + message.replace('\'', '"')).hasMessageNotContainingAny("hush");
  }

  @Test
  void secretsComeFromTheEnvironmentOrAFileThatItNames(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("secrets"), SECRET + ",another secret of the past\n");
    JsonObject fromText = Configuration.defaults().withEnvironment(Map.of("AICONEXUS_SIGNALING_TURN_URLS", "turn:a",
      "AICONEXUS_SIGNALING_TURN_SECRETS", SECRET)).toJson();
    JsonObject fromFile = Configuration.defaults().withEnvironment(Map.of("AICONEXUS_SIGNALING_TURN_URLS", "turn:a",
      "AICONEXUS_SIGNALING_TURN_SECRETS_FILE", file.toString())).toJson();

    assertThat(turn(fromText).secrets()).containsExactly(SECRET);
    assertThat(turn(fromFile).secrets()).containsExactly(SECRET, "another secret of the past");
    assertThat(turn(fromFile)).hasToString("TURN REST at turn:a for PT1H");
  }

  @Test
  void noSourceShowsASecretThatItCannotRead() {
    assertThatThrownBy(() -> Configuration.defaults().withEnvironment(
      Map.of("AICONEXUS_SIGNALING_TURN_SECRETS", "[\"" + SECRET))).hasMessageNotContainingAny("hush");
    assertThatThrownBy(() -> Configuration.defaults().withFile("file",
      "{\"signaling\":{\"turn\":{\"secrets\":\"" + SECRET + "\"}}}"))
      .hasMessage("file: signaling.turn.secrets must be a list: values separated by commas, or JSON, was (not shown)");
  }

  private static TurnRestOptions turn(JsonObject configuration) {
    return SignalingOptions.from(configuration.getJsonObject("signaling")).turn();
  }
}
