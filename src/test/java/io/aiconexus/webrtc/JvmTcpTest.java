package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.jvm.JvmEngine;
import io.aiconexus.webrtc.jvm.JvmOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine in Java over TCP, with libwebrtc at the passive end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JvmTcpTest {

  private static final NativeOptions N = NativeOptions.DEFAULTS;
  private static final NativeOptions PASSIVE = new NativeOptions(N.lanes(), N.releaseHandles(), true, N.ipv6(),
    N.portMin(), N.portMax(), N.highWaterBytes(), N.lowWaterBytes(), N.hardCapBytes(), N.receiveCapBytes(),
    N.messageBudget(), N.maxConnections());
  private static final JvmOptions J = JvmOptions.DEFAULTS;
  /** What the engine has as its default, and TCP. */
  static final JvmOptions ACTIVE = new JvmOptions(J.sharedSockets(), J.loopback(), true, J.ipv6(), J.portMin(),
    J.portMax(), J.handshakeThreads(), J.mtu(), J.socketBufferBytes(), J.receiveWindowBytes(), J.hardCapBytes(),
    J.maxChannels(), J.maxConnections());

  private Vertx vertx;
  private Engine ours;
  private Engine theirs;

  @BeforeAll
  void startTheirs() {
    vertx = Vertx.vertx();
    theirs = EngineUnderTest.named("native", vertx, PASSIVE);
  }

  @BeforeEach
  void startOurs() {
    ours = End.await(JvmEngine.start(vertx, ACTIVE));
  }

  @AfterEach
  void stopOurs() {
    End.await(ours.close());
  }

  @AfterAll
  void stopTheirs() {
    End.await(theirs.close());
    End.await(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyKindOfMessageArrivesInBothDirections(boolean weOffer) {
    Ear[] ears = open(overTcp(), weOffer);

    for (int i = 0; i < 2; i++) {
      ears[i].say("grüße, 世界");
      End.await(ears[i].send(random(1_000, i), true));
      End.await(ears[i].send(random(262_144, i), true));

      assertThat(ears[1 - i].hear().text()).isEqualTo("grüße, 世界");
      assertThat(ears[1 - i].hear()).isEqualTo(new Ear.Heard(random(1_000, i), true));
      assertThat(ears[1 - i].hear()).isEqualTo(new Ear.Heard(random(262_144, i), true));
    }
    assertThat(ears[0].end.call(PeerConnection::stats).candidatePair()).isEqualTo("host/host tcp");
    closeAll(ears);
    assertThat(sockets()).isZero();
  }

  @Test
  void anIceRestartFromEitherSideKeepsTheChannel() {
    Ear[] ears = open(overTcp(), true);
    for (int side = 0; side < 2; side++) {
      restart(ears[side].end, ears[1 - side].end);
      talk(ears);
    }
    assertThat(ears[0].end.call(PeerConnection::stats).protocol()).isEqualTo("tcp");
    awaitSockets(2);
    closeAll(ears);
  }

  @Test
  void udpThatIsFoundLaterTakesOverAndNoConnectionIsKept() {
    End[] ends = overTcp();
    BlockingQueue<IceCandidate> later = new LinkedBlockingQueue<>();
    ends[0].showing = candidate -> {
      later.add(candidate);
      return Optional.empty();
    };
    Ear[] ears = open(ends, false);
    assertThat(ends[0].call(PeerConnection::stats).protocol()).isEqualTo("tcp");

    later.forEach(candidate -> ends[1].call(to -> to.addIceCandidate(candidate)));

    awaitTrue(() -> "udp".equals(ends[0].call(PeerConnection::stats).protocol()), "UDP is used");
    awaitSockets(1);
    talk(ears);
    closeAll(ears);
  }

  @Test
  void withoutTheSettingNoCandidateOfTcpIsShown() {
    Engine without = End.await(JvmEngine.start(vertx, J));
    for (Engine engine : List.of(without, ours)) {
      End end = End.make(vertx, engine, PeerConnectionOptions.DEFAULTS);
      end.channel("data", DataChannelOptions.DEFAULTS);
      end.describe();
      List<String> lines = new ArrayList<>();
      for (IceCandidate next = End.next(end.candidates); !next.isEnd(); next = End.next(end.candidates)) {
        lines.add(next.candidate());
      }
      assertThat(lines.stream().anyMatch(line -> line.contains(" tcp "))).isEqualTo(engine == ours);
      end.close();
    }
    End.await(without.close());
  }

  @Test
  void aConnectionThatIsCutDisconnectsAtOnceAndAnIceRestartBringsEverythingBack() throws Exception {
    try (TcpDetour detour = new TcpDetour()) {
      End[] ends = overTcp();
      ends[1].showing = detour::lead;
      Ear[] ears = open(ends, true);
      talk(ears);
      assertThat(detour.carried()).isEqualTo(1);
      awaitState(ends[0], ConnectionState.CONNECTED);

      detour.cut();
      awaitState(ends[0], ConnectionState.DISCONNECTED);
      awaitSockets(1);
      End.await(ears[0].send(random(100_000, 5), true));
      restart(ends[0], ends[1]);

      awaitState(ends[0], ConnectionState.CONNECTED);
      assertThat(ears[1].hear().data()).as("sent into the silence").isEqualTo(random(100_000, 5));
      talk(ears);
      assertThat(detour.carried()).as("none to where nobody asked again").isEqualTo(2);
      closeAll(ears);
    }
  }

  @Test
  void whatASlowReaderLeavesLyingArrivesWhenItReadsOn() throws Exception {
    try (TcpDetour detour = new TcpDetour()) {
      End[] ends = overTcp();
      ends[1].showing = detour::lead;
      Ear[] ears = open(ends, true);
      int before = timeouts();
      detour.hold(true);
      List<Future<Void>> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sent.add(ears[0].send(random(262_144, i), true));
      }
      awaitTrue(() -> timeouts() > before, "the sender noticed");

      detour.hold(false);

      for (int i = 0; i < 20; i++) {
        assertThat(ears[1].hear().data()).isEqualTo(random(262_144, i));
      }
      End.await(Future.all(sent));
      closeAll(ears);
    }
  }

  /** Two ends that hear of each other's candidates over TCP only; ours first. */
  private End[] overTcp() {
    End[] ends = End.pair(vertx, ours, theirs);
    for (End end : ends) {
      end.showing = candidate -> Optional.of(candidate)
        .filter(shown -> shown.isEnd() || Candidate.parse(shown.candidate()).isTcp());
    }
    return ends;
  }

  /** Opens a channel; that of our end comes first. */
  private static Ear[] open(End[] ends, boolean weOffer) {
    End offering = ends[weOffer ? 0 : 1];
    End answering = ends[weOffer ? 1 : 0];
    Ear here = offering.channel("data", DataChannelOptions.DEFAULTS);
    offering.connect();
    here.open();
    Ear there = End.next(answering.incoming).open();
    return weOffer ? new Ear[] {here, there} : new Ear[] {there, here};
  }

  private static void restart(End offering, End answering) {
    offering.call(to -> {
      to.restartIce();
      return Future.succeededFuture();
    });
    answering.accept(offering.describe());
    offering.accept(answering.describe());
  }

  private static void talk(Ear[] ears) {
    ears[0].say("one");
    ears[1].say("two");
    assertThat(ears[1].hear().text()).isEqualTo("one");
    assertThat(ears[0].hear().text()).isEqualTo("two");
  }

  private static void awaitState(End end, ConnectionState state) {
    for (ConnectionState next = End.next(end.states); next != state; next = End.next(end.states)) {
      assertThat(next).isNotEqualTo(ConnectionState.FAILED);
    }
  }

  private int sockets() {
    return ours.status().details().getInteger("sockets");
  }

  private int timeouts() {
    return ours.status().details().getInteger("sctp_timeouts");
  }

  private void awaitSockets(int count) {
    awaitTrue(() -> sockets() == count, count + " sockets are open");
  }

  private void awaitTrue(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(End.PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      End.await(vertx.timer(5, TimeUnit.MILLISECONDS));
    }
  }

  private static Buffer random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }
}
