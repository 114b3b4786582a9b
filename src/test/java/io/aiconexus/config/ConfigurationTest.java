package io.aiconexus.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

  private static final JsonObject DEFAULTS = new JsonObject("""
    {
      "engine": "auto",
      "signaling": {"host": "0.0.0.0", "port": 7000, "heartbeat_ms": 25000, "compress": false, "origins": ["*"]},
      "turn": {"secret": null, "secret_file": null, "servers": []},
      "retry": {"jitter": 0.5, "policy": {"max_retries": 10}},
      "labels": {}
    }""");

  private final Configuration configuration = Configuration.of(DEFAULTS);

  @Test
  void theDefaultsAreWhatComesOutWhenNothingIsSaid() {
    assertThat(configuration.toJson()).isEqualTo(DEFAULTS);
  }

  @Test
  void theDefaultsThatComeWithTheJarCanBeLoaded() {
    assertThat(Configuration.defaults().toJson()).isNotNull();
  }

  @Test
  void eachSourceOverridesTheOneBefore() {
    Properties properties = new Properties();
    properties.setProperty("aiconexus.retry.jitter", "0.3");
    properties.setProperty("aiconexus.engine", "jvm");

    JsonObject merged = configuration
      .withFile("node.json", """
        {"signaling": {"port": 1, "host": "file"}, "engine": "native", "retry": {"jitter": 0.1}}""")
      .withEnvironment(Map.of("AICONEXUS_SIGNALING_PORT", "2", "AICONEXUS_RETRY_JITTER", "0.2"))
      .withProperties(properties)
      .withCommandLine(Map.of("engine", "loopback"))
      .toJson();

    assertThat(merged.getJsonObject("signaling").getString("host")).isEqualTo("file");
    assertThat(merged.getJsonObject("signaling").getInteger("port")).isEqualTo(2);
    assertThat(merged.getJsonObject("signaling").getInteger("heartbeat_ms")).isEqualTo(25_000);
    assertThat(merged.getJsonObject("retry").getDouble("jitter")).isEqualTo(0.3);
    assertThat(merged.getString("engine")).isEqualTo("loopback");
  }

  @Test
  void overridingLeavesWhatWasThereBeforeAsItWas() {
    configuration.withCommandLine(Map.of("signaling.port", "1", "signaling.origins", "a"));
    configuration.toJson().getJsonObject("signaling").put("port", 2);

    assertThat(configuration.toJson()).isEqualTo(DEFAULTS);
  }

  @Test
  void textsBecomeWhatTheDefaultIs() {
    JsonObject merged = configuration.withCommandLine(Map.of(
      "signaling.port", " 80 ", "signaling.heartbeat_ms", "3000000000", "signaling.compress", "TRUE",
      "signaling.origins", "https://a.example, https://b.example", "turn.servers", "[{\"urls\": \"turn:a\"}]",
      "turn.secret", "12345", "retry.jitter", "1", "labels", "{\"zone\": \"a\"}")).toJson();

    JsonObject signaling = merged.getJsonObject("signaling");
    assertThat(signaling.getValue("port")).isEqualTo(80);
    assertThat(signaling.getValue("heartbeat_ms")).isEqualTo(3_000_000_000L);
    assertThat(signaling.getValue("compress")).isEqualTo(true);
    assertThat(signaling.getJsonArray("origins")).isEqualTo(JsonArray.of("https://a.example", "https://b.example"));
    assertThat(merged.getJsonObject("turn").getJsonArray("servers"))
      .isEqualTo(JsonArray.of(new JsonObject().put("urls", "turn:a")));
    assertThat(merged.getJsonObject("turn").getValue("secret")).isEqualTo("12345");
    assertThat(merged.getJsonObject("retry").getValue("jitter")).isEqualTo(1.0);
    assertThat(merged.getJsonObject("labels")).isEqualTo(new JsonObject().put("zone", "a"));
  }

  @Test
  void anEmptyTextIsAnEmptyList() {
    assertThat(configuration.withEnvironment(Map.of("AICONEXUS_SIGNALING_ORIGINS", "")).toJson()
      .getJsonObject("signaling").getJsonArray("origins")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "signaling.port     | 70x    | signaling.port must be a whole number, was \"70x\"",
    "signaling.port     | 7.5    | signaling.port must be a whole number, was \"7.5\"",
    "signaling.port     | 99999999999999999999 | signaling.port must be a whole number, was \"99999999999999999999\"",
    "signaling.compress | yes    | signaling.compress must be true or false, was \"yes\"",
    "retry.jitter       | NaN    | retry.jitter must be a number, was \"NaN\"",
    "retry.jitter       | 1e999  | retry.jitter must be a number, was \"1e999\"",
    "turn.servers       | [{]    | turn.servers must be a list: values separated by commas, or JSON, was \"[{]\"",
    "labels             | zone=a | labels must be an object, was \"zone=a\"",
    "signaling          | 1      | signaling has settings of its own; name one of them",
    "signaling.prot     | 1      | signaling.prot is not a setting; did you mean signaling.port?",
    "colour             | blue   | colour is not a setting; conf/aiconexus.json lists all there are"})
  void aWrongValueOnTheCommandLineIsRefused(String key, String value, String message) {
    assertRefused(() -> configuration.withCommandLine(Map.of(key, value))).hasMessage(message);
  }

  @Test
  void anUnknownVariableIsRefusedWithTheOneThatIsClosest() {
    assertRefused(() -> configuration.withEnvironment(Map.of("AICONEXUS_SIGNALLING_PORT", "1")))
      .hasMessage("AICONEXUS_SIGNALLING_PORT is not a setting; did you mean AICONEXUS_SIGNALING_PORT?");
  }

  @Test
  void anUnknownPropertyIsRefusedWithTheOneThatIsClosest() {
    Properties properties = new Properties();
    properties.setProperty("aiconexus.signaling.potr", "1");

    assertRefused(() -> configuration.withProperties(properties))
      .hasMessage("-Daiconexus.signaling.potr is not a setting; did you mean -Daiconexus.signaling.port?");
  }

  @Test
  void whatTheLauncherAndTheLogAreToldIsNoSetting() {
    Properties properties = new Properties();
    properties.setProperty("aiconexus.log.level", "debug");
    properties.setProperty("java.version", "17");

    assertThat(configuration.withProperties(properties).withEnvironment(Map.of("AICONEXUS_JAVA_OPTS", "-Xmx1g",
      "AICONEXUS_CONFIG", "a.json", "AICONEXUS_LOG_LEVEL", "debug", "AICONEXUS_NO_INSTALL", "1", "PATH", "/bin"))
      .toJson()).isEqualTo(DEFAULTS);
  }

  @Test
  void theVariablesOfAKubernetesServiceAreNoSettings() {
    assertThat(configuration.withEnvironment(Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1",
      "AICONEXUS_SERVICE_HOST", "10.0.0.2", "AICONEXUS_SERVICE_PORT", "7000", "AICONEXUS_SERVICE_PORT_HTTP", "7000",
      "AICONEXUS_PORT", "tcp://10.0.0.2:7000", "AICONEXUS_PORT_7000_TCP", "tcp://10.0.0.2:7000",
      "AICONEXUS_PORT_7000_TCP_ADDR", "10.0.0.2", "AICONEXUS_SIGNALING_PORT", "tcp://10.0.0.2:7000")).toJson())
      .isEqualTo(DEFAULTS);
  }

  @Test
  void inKubernetesTooASettingIsASettingAndAMistakeAMistake() {
    Map<String, String> kubernetes = Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "AICONEXUS_SIGNALING_PORT", "7001");

    assertThat(configuration.withEnvironment(kubernetes).toJson().getJsonObject("signaling").getInteger("port"))
      .isEqualTo(7001);
    assertRefused(() -> configuration.withEnvironment(
      Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1", "AICONEXUS_SIGNALNG_PORT", "7001")));
    assertRefused(() -> configuration.withEnvironment(Map.of("AICONEXUS_PORT", "tcp://10.0.0.2:7000")));
  }

  @Test
  void aSecretComesFromTheFileThatAVariableNames(@TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("turn"), "s3cret \n");

    assertThat(configuration.withEnvironment(Map.of("AICONEXUS_SIGNALING_HOST_FILE", secret.toString())).toJson()
      .getJsonObject("signaling").getString("host")).isEqualTo("s3cret ");
  }

  @Test
  void aSettingWhoseOwnNameEndsInFileIsThatSetting() {
    JsonObject turn = configuration.withEnvironment(Map.of("AICONEXUS_TURN_SECRET_FILE", "/run/secrets/turn")).toJson()
      .getJsonObject("turn");

    assertThat(turn.getString("secret_file")).isEqualTo("/run/secrets/turn");
    assertThat(turn.getString("secret")).isNull();
  }

  @Test
  void aSecretFileThatIsMissingOrOfTheWrongKindIsRefusedWithoutShowingWhatItHolds(@TempDir Path directory)
      throws Exception {
    Path secret = Files.writeString(directory.resolve("port"), "hunter2");
    Path none = directory.resolve("none");

    assertRefused(() -> configuration.withEnvironment(Map.of("AICONEXUS_SIGNALING_PORT_FILE", secret.toString())))
      .hasMessage("AICONEXUS_SIGNALING_PORT_FILE must be a whole number, was what " + secret + " holds");
    assertRefused(() -> configuration.withEnvironment(Map.of("AICONEXUS_SIGNALING_PORT_FILE", none.toString())))
      .hasMessage("AICONEXUS_SIGNALING_PORT_FILE: " + none + " does not exist");
  }

  @Test
  void aValueAndAFileForItAreOneTooMany() {
    assertRefused(() -> configuration.withEnvironment(
      Map.of("AICONEXUS_SIGNALING_PORT", "1", "AICONEXUS_SIGNALING_PORT_FILE", "/a")))
      .hasMessage("AICONEXUS_SIGNALING_PORT and AICONEXUS_SIGNALING_PORT_FILE are both set; one of them must go");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{\"signaling\": {\"prot\": 1}}     | f.json: signaling.prot is not a setting; did you mean signaling.port?",
    "{\"signaling\": 7000}                      | f.json: signaling must be an object, was 7000",
    "{\"signaling\": null}                      | f.json: signaling must be an object, was null",
    "{\"signaling\": {\"port\": \"7000\"}}      | f.json: signaling.port must be a whole number, was \"7000\"",
    "{\"signaling\": {\"port\": 1.5}}           | f.json: signaling.port must be a whole number, was 1.5",
    "{\"signaling\": {\"compress\": 1}}         | f.json: signaling.compress must be true or false, was 1",
    "{\"turn\": {\"secret\": {}}}               | f.json: turn.secret must be a text, was {}",
    "[]                                         | f.json must hold one JSON object: { ... }",
    "``                                         | f.json must hold one JSON object: { ... }"})
  void aMistakeInAFileIsRefusedWithTheNameOfTheFile(String text, String message) {
    assertRefused(() -> configuration.withFile("f.json", text)).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\n  \"engine\" \"jvm\"}", "{\n  // a comment\n}", "{\"engine\": \n \"jvm\"",
    "{\n\"engine\": \"a\", \"engine\": \"b\"}", "{}\n{}", "{}\n x"})
  void aSyntaxErrorNamesLineAndColumn(String text) {
    assertRefused(() -> configuration.withFile("f.json", text)).message()
      .matches("f\\.json, line 2, column \\d+: .+").doesNotContain("\n");
  }

  @Test
  void nothingInAFileMeansTheDefault() {
    assertThat(configuration.withFile("f.json", "{\"signaling\": {\"port\": null}}").toJson()).isEqualTo(DEFAULTS);
  }

  @Test
  void freeKeysAndOptionalValuesComeThroughAFileAsTheyAre() {
    JsonObject merged =
      configuration.withFile("f.json", "{\"labels\": {\"a.b\": [1]}, \"turn\": {\"secret\": \"x\"}}").toJson();

    assertThat(merged.getJsonObject("labels").getJsonArray("a.b")).isEqualTo(JsonArray.of(1));
    assertThat(merged.getJsonObject("turn").getString("secret")).isEqualTo("x");
  }

  @Test
  void settingsThatWouldShareAVariableAreABugInTheDefaults() {
    JsonObject ambiguous = new JsonObject("{\"a\": {\"b_c\": 1}, \"a_b\": {\"c\": 1}}");

    assertThatThrownBy(() -> Configuration.of(ambiguous)).hasMessageContaining("AICONEXUS_A_B_C");
  }

  @Test
  void loadReadsTheFileItIsGiven(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("node.json"), "{\"there is no such setting\": 1}");

    assertRefused(() -> Configuration.load(file, Map.of())).hasMessageStartingWith(file + ": ");
    assertRefused(() -> Configuration.load(directory.resolve("no"), Map.of())).hasMessageEndingWith("does not exist");
    assertRefused(() -> Configuration.load(directory, Map.of())).hasMessageContaining("cannot be read");
    assertRefused(() -> Configuration.load(Path.of("/dev/zero"), Map.of())).hasMessageContaining("at most");
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable action) {
    return assertThatThrownBy(action).isInstanceOf(ConfigurationException.class);
  }
}
