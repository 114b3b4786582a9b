package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class SctpFlowTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final LinkConditions TEN_MS = LinkConditions.PERFECT.withDelay(Duration.ofMillis(10));
  private static final SctpOptions OPTIONS = SctpOptions.DEFAULTS.withHeartbeat(Duration.ZERO);

  private final SimulatedNetwork network = new SimulatedNetwork(3);

  private SctpEndpoint[] connected(SctpOptions options, LinkConditions conditions) {
    SctpEndpoint[] ends = SctpEndpoint.pair(network, options, conditions, 1);
    ends[0].connect();
    ends[1].connect();
    assertThat(network.runUntil(() -> ends[0].connected && ends[1].connected, 60 * SECOND)).isTrue();
    return ends;
  }

  private void until(BooleanSupplier done) {
    assertThat(network.runUntil(done, 600 * SECOND)).isTrue();
  }

  @Test
  void smallMessagesShareAPacket() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    long before = ends[0].out.sent();
    for (int i = 0; i < 140; i++) {
      ends[0].send(0, new byte[64], Delivery.RELIABLE);
    }
    ends[0].flush();
    until(() -> ends[1].messages.size() == 140);
    assertThat(ends[0].out.sent() - before).isEqualTo(10);
  }

  @Test
  void streamsTakeTurnsMessageByMessage() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    for (int i = 0; i < 10; i++) {
      ends[0].send(0, new byte[5_000], Delivery.RELIABLE);
    }
    ends[0].send(1, new byte[10], Delivery.RELIABLE);
    ends[0].flush();
    until(() -> ends[1].messages.size() == 11);
    assertThat(ends[1].messages.get(1).stream()).isEqualTo(1);
  }

  @Test
  void aSackComesForEverySecondPacketAndNotForEach() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    long before = ends[1].out.sent();
    ends[0].send(0, new byte[200_000], Delivery.RELIABLE);
    ends[0].flush();
    until(() -> ends[1].messages.size() == 1);
    network.run(SECOND);
    long packets = ends[0].association.statistics().packetsSent();
    assertThat(ends[1].out.sent() - before).isBetween(packets / 2 - 10, packets / 2 + packets / 5);
  }

  @Test
  void anAnswerCarriesTheSack() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    ends[1].onMessage = (stream, ppid, data) -> ends[1].send(stream, data, Delivery.RELIABLE);
    long before = ends[1].out.sent();
    for (int i = 1; i <= 50; i++) {
      int wanted = i;
      ends[0].send(0, new byte[64], Delivery.RELIABLE);
      ends[0].flush();
      until(() -> ends[0].messages.size() == wanted);
    }
    assertThat(ends[1].out.sent() - before).isEqualTo(50);
  }

  @Test
  void aReaderThatStopsStopsTheSenderAndLosesNothing() {
    SctpEndpoint[] ends = connected(OPTIONS.withBuffers(10_000, 60_000, 10_000_000), TEN_MS);
    ends[1].consumes = false;
    for (int i = 0; i < 300; i++) {
      assertThat(ends[0].send(0, new byte[1_000], Delivery.RELIABLE)).isEqualTo(SendOutcome.QUEUED);
    }
    ends[0].flush();
    network.run(120 * SECOND);
    int held = ends[1].messages.size();
    assertThat(held).isBetween(50, 60);
    assertThat(ends[0].closed).as("probing a closed window is no failure").isNull();
    assertThat(ends[0].timerCalls).isLessThan(60);
    ends[1].consumes = true;
    for (int i = 0; i < held; i++) {
      ends[1].association.consumed(1_000);
    }
    ends[1].flush();
    assertThat(network.runUntil(() -> ends[1].messages.size() == 300, SECOND))
      .as("the opened window is told at once").isTrue();
  }

  @Test
  void moreCannotBeConsumedThanWasDelivered() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    assertThatThrownBy(() -> ends[0].association.consumed(1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFullQueueTakesNothingUntilItRunsLow() {
    SctpEndpoint[] ends = connected(OPTIONS.withBuffers(10_000, 60_000, 20_128), TEN_MS);
    ends[0].association.bufferedAmountLowThreshold(4, 5_000);
    assertThat(ends[0].send(4, new byte[10_000], Delivery.RELIABLE)).isEqualTo(SendOutcome.QUEUED);
    assertThat(ends[0].send(4, new byte[10_000], Delivery.RELIABLE)).isEqualTo(SendOutcome.QUEUED);
    assertThat(ends[0].send(4, new byte[1], Delivery.RELIABLE)).isEqualTo(SendOutcome.FULL);
    assertThat(ends[0].association.bufferedAmount(4)).isEqualTo(20_000);
    ends[0].flush();
    assertThat(ends[0].association.bufferedAmount(4)).as("ten packets went out").isBetween(8_000L, 10_000L);
    until(() -> ends[1].messages.size() == 2);
    assertThat(ends[0].association.bufferedAmount()).isZero();
    assertThat(ends[0].events).containsExactly("connected", "low 4");
  }

  @Test
  void aMessageOutOfRangeIsRefusedByName() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    assertThatThrownBy(() -> ends[0].send(0, new byte[0], Delivery.RELIABLE))
      .isInstanceOf(IllegalArgumentException.class).hasMessage("a message has 1 to 262144 bytes, not 0");
    assertThatThrownBy(() -> ends[0].send(0, new byte[262_145], Delivery.RELIABLE))
      .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void messagesWithFewRetransmitsAreGivenUpAndTheOthersKeepTheirOrder() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS.withLoss(0));
    ends[0].out.conditions(TEN_MS.withLoss(0.2));
    Delivery once = Delivery.maxRetransmits(true, 0);
    for (int i = 0; i < 1_000; i++) {
      byte[] data = new byte[i % 7 == 0 ? 3_000 : 700];
      Wire.int32(data, 0, i);
      ends[0].send(i % 3, data, once);
      if (i % 10 == 0) {
        ends[0].flush();
        network.run(2 * MILLI);
      }
    }
    ends[0].flush();
    until(() -> ends[0].association.statistics().inFlight() == 0 && ends[0].association.bufferedAmount() == 0);
    ends[0].out.conditions(TEN_MS);
    ends[0].send(0, new byte[4], Delivery.RELIABLE);
    ends[0].flush();
    network.run(5 * SECOND);
    int[] last = {-1, -1, -1};
    for (SctpEndpoint.Message message : ends[1].messages.subList(0, ends[1].messages.size() - 1)) {
      int number = Wire.int32(message.data(), 0);
      assertThat(number).isGreaterThan(last[message.stream()]);
      last[message.stream()] = number;
    }
    assertThat(ends[1].messages.size()).isBetween(500, 950);
    assertThat(ends[0].association.statistics().abandoned() + ends[1].messages.size()).isGreaterThanOrEqualTo(1_001);
    assertThat(ends[1].association.statistics().windowHeld()).isZero();
    assertThat(ends[0].association.nextDeadline()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsTooOldIsNotSentAnyMore() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    ends[0].out.conditions(TEN_MS.withRate(100_000, 50_000));
    Delivery fresh = Delivery.lifetime(false, Duration.ofMillis(500));
    for (int i = 0; i < 200; i++) {
      ends[0].send(0, new byte[1_000], fresh);
    }
    ends[0].flush();
    network.run(20 * SECOND);
    assertThat(ends[0].association.bufferedAmount()).isZero();
    assertThat(ends[1].messages.size()).isBetween(30, 100);
    assertThat(ends[0].association.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    ends[0].send(0, new byte[4], Delivery.RELIABLE);
    ends[0].flush();
    int before = ends[1].messages.size();
    until(() -> ends[1].messages.size() > before);
  }

  @Test
  void theLastPacketLostIsSentAgainBeforeTheTimeout() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    ends[0].send(0, new byte[100], Delivery.RELIABLE);
    ends[0].flush();
    until(() -> ends[1].messages.size() == 1);
    network.run(SECOND);
    ends[0].out.conditions(TEN_MS.withLoss(1));
    ends[0].send(0, new byte[100], Delivery.RELIABLE);
    ends[0].flush();
    ends[0].out.conditions(TEN_MS);
    long start = network.now();
    until(() -> ends[1].messages.size() == 2);
    assertThat(network.now() - start).isLessThan(100 * MILLI);
    assertThat(ends[0].association.statistics().timeouts()).isZero();
  }
}
