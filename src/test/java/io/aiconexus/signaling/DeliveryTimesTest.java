package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.MessageType;
import io.vertx.core.json.JsonArray;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeliveryTimesTest {

  private final Did did = AgentKey.generate().did();
  private final AtomicLong nanos = new AtomicLong();
  private final DeliveryTimes times = new DeliveryTimes(nanos::get);

  @Test
  void aDeliveredMessageIsMeasuredFromBeginToEnd() {
    Delivery delivery = delivery();
    times.begun(delivery);
    nanos.addAndGet(7_000);
    times.ended(delivery, Outcome.DELIVERED);

    assertThat(times.take()).isEqualTo(new JsonArray(List.of(7L)));
    assertThat(times.take()).isEmpty();
  }

  @Test
  void aMessageThatDidNotArriveHasNoDeliveryTime() {
    Delivery delivery = delivery();
    times.begun(delivery);
    times.ended(delivery, Outcome.UNKNOWN);

    assertThat(times.take()).isEmpty();
  }

  @Test
  void anotherMessageDoesNotEndTheMeasurement() {
    Delivery first = delivery();
    Delivery second = delivery();
    times.begun(first);
    times.begun(second);
    times.ended(second, Outcome.DELIVERED);
    nanos.addAndGet(3_000);
    times.ended(first, Outcome.DELIVERED);

    assertThat(times.take()).isEqualTo(new JsonArray(List.of(3L)));
  }

  @Test
  void ofManyMessagesFewAreMeasured() {
    deliver(16 + 64 * 10);
    assertThat(times.take()).hasSize(16 + 10);

    deliver(1_000_000);
    assertThat(times.take()).hasSize(128);
  }

  private void deliver(int count) {
    for (int i = 0; i < count; i++) {
      Delivery delivery = delivery();
      times.begun(delivery);
      times.ended(delivery, Outcome.DELIVERED);
    }
  }

  private Delivery delivery() {
    return new Delivery(did, 0, did, "id", MessageType.OFFER, "");
  }
}
