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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
  private static final JvmOptions ACTIVE = new JvmOptions(J.sharedSockets(), J.loopback(), true, J.ipv6(), J.portMin(),
    J.portMax(), J.handshakeThreads(), J.mtu(), J.socketBufferBytes(), J.receiveWindowBytes(), J.hardCapBytes(),
    J.maxChannels(), J.maxConnections());

  private Vertx vertx;
  private Engine ours;
  private Engine theirs;

  @BeforeAll
  void start() {
    vertx = Vertx.vertx();
    ours = End.await(JvmEngine.start(vertx, ACTIVE));
    theirs = EngineUnderTest.named("native", vertx, PASSIVE);
  }

  @AfterAll
  void stop() {
    End.await(ours.close());
    End.await(theirs.close());
    End.await(vertx.close());
  }

  /** Two ends that hear of each other's candidates over TCP only; ours first. */
  private End[] overTcp() {
    End[] ends = End.pair(vertx, ours, theirs);
    for (End end : ends) {
      end.showing = candidate -> Optional.of(candidate).filter(shown -> shown.isEnd() || isTcp(shown));
    }
    return ends;
  }

  private static boolean isTcp(IceCandidate candidate) {
    return Candidate.parse(candidate.candidate()).isTcp();
  }

  private static Ear[] open(End[] ends, boolean weOffer) {
    End offering = ends[weOffer ? 0 : 1];
    End answering = ends[weOffer ? 1 : 0];
    Ear here = offering.channel("data", DataChannelOptions.DEFAULTS);
    offering.connect();
    here.open();
    Ear there = End.next(answering.incoming).open();
    return weOffer ? new Ear[] {here, there} : new Ear[] {there, here};
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
    ConnectionStats stats = ears[0].end.call(PeerConnection::stats);
    assertThat(stats.protocol()).isEqualTo("tcp");
    closeAll(ears);
  }

  private static Buffer random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }
}
