package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Limits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostOptionsTest {

  private static final HostOptions D = HostOptions.DEFAULTS;
  private static final Did ANN = AgentKey.generate().did();
  private static final Did BOB = AgentKey.generate().did();

  @Test
  void byDefaultAnAgentIsAtTheGatewayOfThisBusAndOpenToEverybody() {
    assertThat(D.gateway()).isNull();
    assertThat(D.capabilities()).isEmpty();
    assertThat(D.intentAddress()).isNull();
    assertThat(D.accept().test(ANN)).isTrue();
    assertThat(D.inbox()).isFalse();
  }

  @Test
  void eachVariationChangesOneThing() {
    URI url = URI.create("wss://gateway.example:7000/path");
    HostOptions full = new HostOptions(null, Map.of("a", "b"), "intents", BOB::equals, false);

    assertThat(full.at(url)).isEqualTo(new HostOptions(url, full.capabilities(), "intents", full.accept(), false));
    assertThat(full.with("c", "d"))
      .isEqualTo(new HostOptions(null, Map.of("a", "b", "c", "d"), "intents", full.accept(), false));
    assertThat(full.with("a", "other").capabilities()).isEqualTo(Map.of("a", "other"));
    assertThat(full.withInbox()).isEqualTo(new HostOptions(null, full.capabilities(), "intents", full.accept(), true));
    HostOptions choosy = full.accepting(ANN::equals);
    assertThat(choosy.accept().test(ANN)).isTrue();
    assertThat(choosy.accept().test(BOB)).isFalse();
    assertThat(choosy.intentAddress()).isEqualTo("intents");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://gateway.example", "gateway.example:7000", "ws:opaque", "ws:///path",
    "//gateway.example", "wsss://gateway.example"})
  void aGatewayIsAWebSocketUrlWithAHost(String url) {
    assertThatThrownBy(() -> D.at(URI.create(url))).isInstanceOf(IllegalArgumentException.class)
      .hasMessage("gateway must be a ws:// or wss:// URL, was " + url);
  }

  @Test
  void anAgentHasAsManyCapabilitiesAsAGatewayTakesAndNoMore() {
    Map<String, String> capabilities = new HashMap<>();
    for (int i = 0; i < Limits.CAPABILITIES; i++) {
      capabilities.put("c" + i, "address");
    }
    HostOptions full = new HostOptions(null, capabilities, null, anybody -> true, false);
    capabilities.clear();
    assertThat(full.capabilities()).as("a copy").hasSize(Limits.CAPABILITIES);

    assertThatThrownBy(() -> full.with("one more", "address")).isInstanceOf(IllegalArgumentException.class)
      .hasMessage("an agent has at most 64 capabilities, these are 65");
  }

  @Test
  void aCapabilityHasAName() {
    assertThatThrownBy(() -> D.with("", "address")).isInstanceOf(IllegalArgumentException.class)
      .hasMessage("a capability's name has 1 to 128 characters, this one has 0");
  }

  @Test
  void aHostCommandIsReadFieldByField() {
    HostOptions options = HostOptions.from(new JsonObject().put("action", "host").put("key_file", "ann.key")
      .put("gateway", "wss://gateway.example").put("capabilities", new JsonObject().put("sum", "calc.sum"))
      .put("intent_address", "intents").put("accept", new JsonArray().add(ANN.toString())));

    assertThat(options.gateway()).isEqualTo(URI.create("wss://gateway.example"));
    assertThat(options.capabilities()).isEqualTo(Map.of("sum", "calc.sum"));
    assertThat(options.intentAddress()).isEqualTo("intents");
    assertThat(options.accept().test(ANN)).isTrue();
    assertThat(options.accept().test(BOB)).isFalse();
    assertThat(options.inbox()).as("who commands over the bus reads over the bus").isTrue();
  }

  @Test
  void aHostCommandNeedsNothing() {
    HostOptions options = HostOptions.from(new JsonObject());

    assertThat(options.gateway()).isNull();
    assertThat(options.capabilities()).isEmpty();
    assertThat(options.intentAddress()).isNull();
    assertThat(options.accept().test(ANN)).isTrue();
  }

  @Test
  void everybodyOrNobodyMayBeAccepted() {
    assertThat(HostOptions.from(new JsonObject().put("accept", "all")).accept().test(ANN)).isTrue();
    assertThat(HostOptions.from(new JsonObject().put("accept", "none")).accept().test(ANN)).isFalse();
    assertThat(HostOptions.from(new JsonObject().put("accept", new JsonArray())).accept().test(ANN)).isFalse();
  }

  @Test
  void whatIsWrongWithAHostCommandIsNamed() {
    refused("gatway", "ws://x", "gatway is unknown here; there are action, key_file, gateway, capabilities, "
      + "intent_address, accept");
    refused("gateway", "http://a", "gateway must be a ws:// or wss:// URL, was http://a");
    refused("gateway", 1, "gateway must be a text, was 1");
    refused("capabilities", "sum", "capabilities must be an object, was sum");
    refused("capabilities", new JsonObject().put("sum", 1), "capabilities must map each name to an event-bus address");
    refused("capabilities", new JsonObject().put("sum", ""), "capabilities must map each name to an event-bus address");
    refused("capabilities", new JsonObject().put("", "a"),
      "a capability's name has 1 to 128 characters, this one has 0");
    refused("intent_address", true, "intent_address must be a text, was true");
    refused("accept", "some", "accept must be \"all\", \"none\" or a list of DIDs");
    refused("accept", true, "accept must be \"all\", \"none\" or a list of DIDs");
    refused("accept", new JsonArray().add(1), "accept must be a text, was 1");
  }

  @Test
  void aGatewayThatIsNoUrlIsNamed() {
    assertThatThrownBy(() -> HostOptions.from(new JsonObject().put("gateway", "ws://a b")))
      .hasMessageStartingWith("gateway is no URL: Illegal character in authority at index ")
      .satisfies(e -> assertThat(Failure.of(e)).isEqualTo(Failure.BAD_REQUEST));
  }

  @Test
  void aListOfWhomToAcceptHoldsDids() {
    assertThatThrownBy(() -> HostOptions.from(new JsonObject().put("accept", new JsonArray().add("ann"))))
      .hasMessageStartingWith("accept is not a DID: \"ann\": ");
  }

  private static void refused(String field, Object value, String message) {
    assertThatThrownBy(() -> HostOptions.from(new JsonObject().put(field, value))).hasMessage(message)
      .satisfies(e -> assertThat(Failure.of(e)).isEqualTo(Failure.BAD_REQUEST));
  }
}
