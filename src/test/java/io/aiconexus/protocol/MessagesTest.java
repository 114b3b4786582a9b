package io.aiconexus.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.json.JsonObject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MessagesTest {

  private final AgentKey ann = AgentKey.ofSeed(new byte[32]);
  private final AgentKey bob = AgentKey.generate();

  @Test
  void aSignedMessageIsReadBackAndVerifies() {
    String text = Messages.signed(ann, bob.did(), new Ping(7L), "m-2", "m-1", 1_769_860_800_123L);

    Envelope envelope = Envelope.read(text);

    assertThat(envelope).isEqualTo(
      new Envelope("m-2", "m-1", 1_769_860_800_123L, ann.did(), bob.did(), MessageType.PING, true, text));
    assertThat(envelope.verifies()).isTrue();
    assertThat(Payload.of(envelope)).isEqualTo(new Ping(7L));
  }

  @Test
  void anAbsentCorrelationIdIsNotOnTheWire() {
    JsonObject message = new JsonObject(Messages.signed(ann, bob.did(), new Ping(null), "m-1", null, 0));

    assertThat(message.fieldNames())
      .containsExactly("id", "timestamp", "from", "to", "type", "payload", "version", "signature");
    assertThat(message.getString("version")).isEqualTo("1.0");
  }

  @Test
  void aGatewaysMessageIsUnsignedAndHasAFreshId() {
    String text = Messages.fromGateway(ann.did(), bob.did(), new Pong(1L), "m-1", 0);

    Envelope envelope = Envelope.read(text);

    assertThat(envelope.signed()).isFalse();
    assertThat(envelope.correlationId()).isEqualTo("m-1");
    assertThat(UUID.fromString(envelope.id()).version()).isEqualTo(4);
    assertThat(envelope.id())
      .isNotEqualTo(Envelope.read(Messages.fromGateway(ann.did(), bob.did(), new Pong(1L), null, 0)).id());
  }

  @Test
  void aChallengeGoesToNobodyYet() {
    String text = Messages.fromGateway(ann.did(), null, new Challenge("A".repeat(22), 5000), null, 0);

    assertThat(new JsonObject(text).getString("to")).isEmpty();
    assertThat(Envelope.read(text).to()).isNull();
  }
}
