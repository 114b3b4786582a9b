package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Ping;
import org.junit.jupiter.api.Test;

class MessageGuardTest {

  private static final long SKEW = 60_000;

  private final AgentKey ann = AgentKey.generate();
  private final AgentKey bob = AgentKey.generate();
  private long now = 1_800_000_000_000L;
  private final MessageGuard guard = new MessageGuard(SKEW, () -> now);

  @Test
  void aMessageIsTakenOnceWhileItIsFresh() {
    Envelope message = sent(ann, "m1", now);

    assertThat(guard.refuse(message)).isEmpty();
    assertThat(guard.refuse(message)).get().extracting(MessageGuard.Refusal::reason).asString().contains("here already");
    assertThat(guard.refuse(sent(bob, "m1", now))).as("the same id of another").isEmpty();
    now += SKEW + 1;
    assertThat(guard.refuse(message)).get().extracting(MessageGuard.Refusal::reason).asString().contains("timestamp");
  }

  @Test
  void clocksMayDifferByTheSkewAndNoMore() {
    assertThat(guard.refuse(sent(ann, "a", now - SKEW))).isEmpty();
    assertThat(guard.refuse(sent(ann, "b", now + SKEW))).isEmpty();
    assertThat(guard.refuse(sent(ann, "c", now - SKEW - 1))).isPresent();
    assertThat(guard.refuse(sent(ann, "d", now + SKEW + 1))).isPresent();
  }

  @Test
  void aMessageFromTheFutureIsRememberedUntilItIsTooOld() {
    Envelope message = sent(ann, "m1", now + SKEW);
    guard.refuse(message);
    now += 2 * SKEW;

    assertThat(guard.refuse(message)).get().extracting(MessageGuard.Refusal::reason).asString().contains("here already");
    now += 1;
    assertThat(guard.refuse(sent(ann, "m2", now))).isEmpty();
    assertThat(guard.size()).as("the old one is forgotten").isEqualTo(1);
  }

  @Test
  void aSignatureOfAnotherMessageOrSenderIsRefusedAndNotRemembered() {
    Envelope one = sent(ann, "m1", now);
    Envelope forged = Envelope.read(one.text().replace("\"m1\"", "\"m2\""));
    Envelope stolen = Envelope.read(one.text().replace(ann.did().toString(), AgentKey.generate().did().toString()));

    assertThat(guard.refuse(forged)).get().extracting(MessageGuard.Refusal::code).isEqualTo(ErrorCode.INVALID_SIGNATURE);
    assertThat(guard.refuse(stolen)).get().extracting(MessageGuard.Refusal::code).isEqualTo(ErrorCode.INVALID_SIGNATURE);
    assertThat(guard.size()).isZero();
  }

  @Test
  void oneSenderCannotFillTheMemoryForAllOthers() {
    for (int i = 0; i < MessageGuard.IDS_PER_SENDER_MAX; i++) {
      assertThat(guard.refuse(sent(ann, "m" + i, now))).isEmpty();
    }

    assertThat(guard.refuse(sent(ann, "more", now))).get().extracting(MessageGuard.Refusal::code)
      .isEqualTo(ErrorCode.RECIPIENT_OVERLOADED);
    assertThat(guard.refuse(sent(bob, "m", now))).isEmpty();
    now += SKEW + 1;
    assertThat(guard.refuse(sent(ann, "later", now))).isEmpty();
    assertThat(guard.size()).isEqualTo(1);
  }

  private static Envelope sent(AgentKey from, String id, long at) {
    return Envelope.read(Messages.signed(from, AgentKey.ofSeed(new byte[32]).did(), new Ping(null), id, null, at));
  }
}
