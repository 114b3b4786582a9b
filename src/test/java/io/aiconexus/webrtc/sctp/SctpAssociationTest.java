package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SctpAssociationTest {

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

  private void until(java.util.function.BooleanSupplier done) {
    assertThat(network.runUntil(done, 600 * SECOND)).isTrue();
  }

  @Test
  void oneSideConnectsInTwoRoundTrips() {
    SctpEndpoint[] ends = SctpEndpoint.pair(network, OPTIONS, TEN_MS, 1);
    long start = network.now();
    ends[0].connect();
    until(() -> ends[0].connected && ends[1].connected);
    assertThat(network.now() - start).isEqualTo(40 * MILLI);
    assertThat(ends[0].packetsIn + ends[1].packetsIn).isEqualTo(4);
  }

  @Test
  void bothSidesMayConnectAtOnce() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    network.run(SECOND);
    assertThat(ends[0].events).containsExactly("connected");
    assertThat(ends[1].events).containsExactly("connected");
    assertThat(ends[0].association.nextDeadline()).isEqualTo(Long.MAX_VALUE);
    assertThat(ends[0].association.outboundStreams()).isEqualTo(65_535);
  }

  @Test
  void theSmallerNumberOfStreamsCounts() {
    SctpEndpoint ann = new SctpEndpoint(network, OPTIONS.withMaxStreams(100), 1);
    SctpEndpoint bob = new SctpEndpoint(network, OPTIONS, 2);
    ann.out = network.link(TEN_MS, bob::receive);
    bob.out = network.link(TEN_MS, ann::receive);
    ann.connect();
    until(() -> ann.connected && bob.connected);
    assertThat(bob.association.outboundStreams()).isEqualTo(100);
    assertThat(ann.association.outboundStreams()).isEqualTo(100);
    assertThatThrownBy(() -> bob.send(100, new byte[1], Delivery.RELIABLE))
      .isInstanceOf(IllegalArgumentException.class).hasMessage("stream must be 0 to 99, was 100");
  }

  @Test
  void whoGetsNoAnswerToInitGivesUp() {
    SctpEndpoint[] ends = SctpEndpoint.pair(network, OPTIONS, TEN_MS.withLoss(1), 1);
    ends[0].connect();
    until(() -> ends[0].closed != null);
    assertThat(ends[0].closed.kind()).isEqualTo(CloseReason.Kind.UNREACHABLE);
    assertThat(ends[0].out.sent()).isEqualTo(11);
    assertThat(ends[0].timerCalls).isEqualTo(11);
  }

  @Test
  void whoGetsNoSackGivesUp() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    ends[0].out.conditions(TEN_MS.withLoss(1));
    ends[0].send(0, new byte[100], Delivery.RELIABLE);
    ends[0].flush();
    until(() -> ends[0].closed != null);
    assertThat(ends[0].closed.kind()).isEqualTo(CloseReason.Kind.UNREACHABLE);
    assertThat(ends[0].timerCalls).as("each timeout, each probe").isLessThan(15);
  }

  @Test
  void aSilentPeerIsAskedAndThenGivenUp() {
    SctpEndpoint[] ends = connected(OPTIONS.withHeartbeat(Duration.ofSeconds(5)), TEN_MS);
    network.run(60 * SECOND);
    assertThat(ends[0].closed).isNull();
    assertThat(ends[0].timerCalls).isLessThan(30);
    ends[0].out.conditions(TEN_MS.withLoss(1));
    ends[1].out.conditions(TEN_MS.withLoss(1));
    until(() -> ends[0].closed != null && ends[1].closed != null);
    assertThat(ends[0].closed.kind()).isEqualTo(CloseReason.Kind.UNREACHABLE);
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
  void beforeTheHandshakeAndAfterTheEndNothingIsSent() {
    SctpEndpoint[] ends = SctpEndpoint.pair(network, OPTIONS, TEN_MS, 1);
    assertThat(ends[0].send(0, new byte[1], Delivery.RELIABLE)).isEqualTo(SendOutcome.CLOSED);
    ends[0].connect();
    until(() -> ends[0].connected && ends[1].connected);
    ends[0].association.abort("enough");
    assertThat(ends[0].send(0, new byte[1], Delivery.RELIABLE)).isEqualTo(SendOutcome.CLOSED);
    until(() -> ends[1].closed != null);
    assertThat(ends[1].closed).isEqualTo(new CloseReason(CloseReason.Kind.ABORTED_BY_PEER, 12,
      "the peer aborted, cause 12: enough"));
    assertThat(ends[0].association.nextDeadline()).isEqualTo(Long.MAX_VALUE);
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
  void aStreamIsResetAfterWhatWasQueuedOnItAndStartsAnew() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS.withLoss(0.1));
    for (int round = 1; round <= 20; round++) {
      int wanted = round;
      ends[0].send(4, new byte[30_000], Delivery.RELIABLE);
      ends[0].association.resetStream(4);
      assertThat(ends[0].send(4, new byte[1], Delivery.RELIABLE)).isEqualTo(SendOutcome.CLOSED);
      ends[0].flush();
      until(() -> ends[0].events.stream().filter("our reset [4]"::equals).count() == wanted);
      assertThat(ends[1].messages).hasSize(round);
      assertThat(ends[1].events.stream().filter("reset [4]"::equals).count()).isEqualTo(round);
    }
  }

  @Test
  void manyStreamsAreResetTogetherInOneRequest() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    for (int i = 0; i < 300; i++) {
      ends[0].association.resetStream(i);
    }
    long before = ends[0].out.sent();
    ends[0].flush();
    until(() -> ends[0].events.size() == 2);
    assertThat(ends[0].out.sent() - before).isEqualTo(1);
    assertThat(ends[1].events.get(1)).startsWith("reset [0, 1, 2,").endsWith("299]");
  }

  @Test
  void aShutdownDeliversEverythingFirstOnBothSides() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS.withLoss(0.05));
    for (int i = 0; i < 20; i++) {
      ends[0].send(0, new byte[20_000], Delivery.RELIABLE);
      ends[1].send(0, new byte[20_000], Delivery.RELIABLE);
    }
    ends[0].association.shutdown(network.now());
    ends[0].flush();
    ends[1].flush();
    assertThat(ends[0].send(0, new byte[1], Delivery.RELIABLE)).isEqualTo(SendOutcome.CLOSED);
    until(() -> ends[0].closed != null && ends[1].closed != null);
    assertThat(ends[0].messages).hasSize(20);
    assertThat(ends[1].messages).hasSize(20);
    assertThat(ends[0].closed.kind()).isEqualTo(CloseReason.Kind.SHUTDOWN);
    assertThat(ends[1].closed.kind()).isEqualTo(CloseReason.Kind.SHUTDOWN);
  }

  @Test
  void bothMayShutDownAtOnce() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    for (SctpEndpoint end : ends) {
      end.association.shutdown(network.now());
      end.flush();
    }
    until(() -> ends[0].closed != null && ends[1].closed != null);
    assertThat(ends[0].closed.kind()).isEqualTo(CloseReason.Kind.SHUTDOWN);
    assertThat(ends[1].closed.kind()).isEqualTo(CloseReason.Kind.SHUTDOWN);
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

  @Test
  void aListenerMayCallBackFromEveryEvent() {
    SctpEndpoint[] ends = connected(OPTIONS, TEN_MS);
    ends[1].onMessage = (stream, ppid, data) -> {
      ends[1].send(stream, data, Delivery.RELIABLE);
      ends[1].association.flush(network.now());
      ends[1].association.onTimer(network.now());
      ends[1].association.resetStream(stream);
      if (data.length == 2) {
        ends[1].association.abort("two");
      }
    };
    ends[0].send(0, new byte[1], Delivery.RELIABLE);
    ends[0].send(1, new byte[2], Delivery.RELIABLE);
    ends[0].send(2, new byte[3], Delivery.RELIABLE);
    ends[0].flush();
    until(() -> ends[0].closed != null);
    assertThat(ends[1].closed.detail()).isEqualTo("two");
  }

  @Test
  void theSameSeedGivesTheSamePackets() {
    byte[][] first = new byte[2][];
    for (int run = 0; run < 2; run++) {
      SimulatedNetwork net = new SimulatedNetwork(9);
      SctpEndpoint end = new SctpEndpoint(net, OPTIONS, 9);
      int slot = run;
      end.out = net.link(LinkConditions.PERFECT, packet -> first[slot] = packet);
      end.connect();
      net.run(1_000);
    }
    assertThat(first[0]).isEqualTo(first[1]);
    assertThat(Arrays.copyOfRange(first[0], 0, 8)).isEqualTo(HandPacket.hex("1388 1388 00000000"));
  }
}
