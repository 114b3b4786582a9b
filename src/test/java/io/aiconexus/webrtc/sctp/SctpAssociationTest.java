package io.aiconexus.webrtc.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.webrtc.net.LinkConditions;
import io.aiconexus.webrtc.net.SimulatedNetwork;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
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

  private void until(BooleanSupplier done) {
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
