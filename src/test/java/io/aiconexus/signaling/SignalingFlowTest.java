package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class SignalingFlowTest {

  private final AgentKey ann = AgentKey.generate();
  private final AgentKey bob = AgentKey.generate();

  @Test
  void anOfferReachesTheAgentItNamesAsItWasSent(Vertx vertx) throws Exception {
    int port = Gateways.start(vertx);
    Wire annWire = Wire.join(vertx, port, ann);
    Wire bobWire = Wire.join(vertx, port, bob);
    JsonObject offer = Wire.offer(ann, bob.did().toString(), "v=0");

    annWire.send(offer);

    assertThat(bobWire.next("OFFER").encode()).isEqualTo(offer.encode());
  }
}
