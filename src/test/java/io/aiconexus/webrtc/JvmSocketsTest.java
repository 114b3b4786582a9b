package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.jvm.JvmEngine;
import io.aiconexus.webrtc.jvm.JvmOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class JvmSocketsTest {

  private static final int MANY = 500;

  private Vertx vertx;
  private final List<Engine> engines = new ArrayList<>();

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() {
    engines.forEach(engine -> End.await(engine.close()));
    End.await(vertx.close());
  }

  private Engine engine(JvmOptions options) {
    Engine engine = End.await(JvmEngine.start(vertx, options));
    engines.add(engine);
    return engine;
  }

  private Ear[] open(Engine left, Engine right) {
    End[] ends = End.pair(vertx, left, right);
    Ear here = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[0].connect();
    here.open();
    return new Ear[] {here, End.next(ends[1].incoming).open()};
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fiveHundredConnectionsBetweenTwoEnginesTakeOneSocketEachAndGiveItBack() {
    Engine left = engine(JvmOptions.DEFAULTS);
    Engine right = engine(JvmOptions.DEFAULTS);
    openAndClose(left, right, 50);
    OpenSockets before = OpenSockets.now();

    List<Ear[]> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(open(left, right));
    }
    assertThat(sockets(left)).isEqualTo(MANY);
    assertThat(sockets(right)).isEqualTo(right.status().details().getInteger("loops"));
    assertThat(OpenSockets.now().openedSince(before)).hasSize(MANY + sockets(right));
    for (int i = 0; i < MANY; i++) {
      all.get(i)[0].say("to " + i);
      all.get(i)[1].say("from " + i);
    }
    for (int i = 0; i < MANY; i++) {
      assertThat(all.get(i)[1].hear().text()).isEqualTo("to " + i);
      assertThat(all.get(i)[0].hear().text()).isEqualTo("from " + i);
    }
    all.forEach(EngineUnderTest::closeAll);

    assertThat(sockets(left) + sockets(right)).isZero();
    assertThat(left.status().connections() + right.status().connections()).isZero();
    for (int turn = 0; turn < 100 && !OpenSockets.now().openedSince(before).isEmpty(); turn++) {
      settle();
    }
    assertThat(OpenSockets.now().openedSince(before)).isEmpty();
  }

  private void openAndClose(Engine left, Engine right, int times) {
    for (int i = 0; i < times; i++) {
      closeAll(open(left, right));
    }
  }

  @Test
  void bothEndsOfManyConnectionsMayLiveInOneEngineAndOfferInBothDirections() {
    Engine both = engine(JvmOptions.DEFAULTS);
    List<Ear[]> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(open(both, both));
    }
    for (int i = 0; i < all.size(); i++) {
      all.get(i)[i % 2].say("number " + i);
      assertThat(all.get(i)[1 - i % 2].hear().text()).isEqualTo("number " + i);
    }
    all.forEach(EngineUnderTest::closeAll);
    assertThat(sockets(both)).isZero();
  }

  @Test
  void theLongestPacketThatMayBeAskedForArrives() {
    JvmOptions d = JvmOptions.DEFAULTS;
    Engine both = engine(new JvmOptions(true, d.loopback(), d.tcp(), d.ipv6(), 0, 0, d.handshakeThreads(),
      4_096, d.socketBufferBytes(), d.receiveWindowBytes(), d.hardCapBytes(), d.maxChannels(), d.maxConnections()));
    Ear[] ears = open(both, both);
    Buffer message = Buffer.buffer(new byte[50_000]);

    End.await(ears[0].send(message, true));

    assertThat(ears[1].hear().data()).isEqualTo(message);
    closeAll(ears);
  }

  @Test
  void withoutSharingEveryEndHasASocket() {
    JvmOptions d = JvmOptions.DEFAULTS;
    Engine both = engine(new JvmOptions(false, d.loopback(), d.tcp(), d.ipv6(), 0, 0, d.handshakeThreads(),
      d.mtu(), d.socketBufferBytes(), d.receiveWindowBytes(), d.hardCapBytes(), d.maxChannels(), d.maxConnections()));
    List<Ear[]> all = List.of(open(both, both), open(both, both), open(both, both));

    assertThat(sockets(both)).isEqualTo(6);
    all.forEach(EngineUnderTest::closeAll);
    assertThat(sockets(both)).isZero();
  }

  @Test
  void whatStrangersSendToASocketHarmsNobody() throws IOException {
    Engine both = engine(JvmOptions.DEFAULTS);
    Ear[] ears = open(both, both);
    Random random = new Random(3);

    try (DatagramSocket stranger = new DatagramSocket()) {
      for (End end : List.of(ears[0].end, ears[1].end)) {
        IceCandidate candidate = End.next(end.candidates);
        String[] words = candidate.candidate().split(" ");
        InetAddress address = InetAddress.getByName(words[4]);
        for (int i = 0; i < 2_000; i++) {
          byte[] garbage = new byte[random.nextInt(1_500)];
          random.nextBytes(garbage);
          if (garbage.length > 24 && i % 2 == 0) {
            garbage[0] = (byte) (i % 64);
            garbage[4] = 0x21;
            garbage[5] = 0x12;
            garbage[6] = (byte) 0xa4;
            garbage[7] = 0x42;
          }
          stranger.send(new DatagramPacket(garbage, garbage.length, address, Integer.parseInt(words[5])));
        }
      }
    }

    ears[0].say("still here");
    assertThat(ears[1].hear().text()).isEqualTo("still here");
    closeAll(ears);
  }

  @Test
  void aCertificateThatTheDescriptionDoesNotNameFailsTheConnectionWithThatVerdict() {
    Engine both = engine(JvmOptions.DEFAULTS);
    End[] ends = End.pair(vertx, both, both);
    Ear here = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    Ear there = ends[1].channel("data", DataChannelOptions.DEFAULTS);
    String offer = ends[0].describe().sdp();
    String forged = offer.replaceAll("(a=fingerprint:sha-256) [0-9A-F]{2}:[0-9A-F]{2}", "$1 00:00");

    ends[1].accept(SessionDescription.offer(forged));
    ends[0].accept(ends[1].describe());

    assertThat(End.next(there.closed)).contains("fingerprint mismatch");
    End.next(here.closed);
    for (End end : ends) {
      ConnectionState state = End.next(end.states);
      while (state != ConnectionState.FAILED) {
        state = End.next(end.states);
      }
    }
    assertThat(here.opened).isEmpty();
    assertThat(there.opened).isEmpty();
    closeAll(ends);
  }

  @Test
  void nothingRunsAfterTheEngineIsClosed() {
    Engine both = engine(JvmOptions.DEFAULTS);
    Ear[] open = open(both, both);
    End[] halfway = End.pair(vertx, both, both);
    halfway[0].channel("data", DataChannelOptions.DEFAULTS);
    halfway[0].connect();

    End.await(both.close());

    assertThat(both.status().available()).isFalse();
    assertThat(both.status().connections()).isZero();
    assertThat(sockets(both)).isZero();
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().startsWith("aiconexus-dtls"));
    EngineUnderTest.assertFails(Failure.NOT_CONNECTED, open[0].send(Buffer.buffer("late"), true));
    EngineUnderTest.assertFails(Failure.CANCELLED,
      both.connection(open[0].end.context, PeerConnectionOptions.DEFAULTS, open[0].end));
  }

  @Test
  void aPausedReaderStopsTheSenderAndHearsEverythingLater() {
    Engine both = engine(JvmOptions.DEFAULTS);
    Ear[] ears = open(both, both);
    ears[1].run(DataChannel::pause);
    List<Future<Void>> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(ears[0].send(Buffer.buffer(new byte[60_000]), true));
    }
    End.await(Future.all(sent));
    long queued = ears[0].look(DataChannel::bufferedAmount);
    while (queued > 100 * 60_000 - JvmOptions.DEFAULTS.receiveWindowBytes() / 2) {
      queued = ears[0].look(DataChannel::bufferedAmount);
    }

    assertThat(ears[1].messages).isEmpty();
    assertThat(queued).isGreaterThan(100 * 60_000 - 2 * JvmOptions.DEFAULTS.receiveWindowBytes());
    ears[1].run(DataChannel::resume);
    for (int i = 0; i < 100; i++) {
      assertThat(ears[1].hear().data().length()).isEqualTo(60_000);
    }
    closeAll(ears);
  }

  private static int sockets(Engine engine) {
    return engine.status().details().getInteger("sockets");
  }

  /** Lets every loop select twice, which is when the system takes closed sockets back. */
  private void settle() {
    for (int round = 0; round < 2; round++) {
      for (int loop = 0; loop < 2 * VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE; loop++) {
        Promise<Void> turned = Promise.promise();
        ((VertxInternal) vertx).createEventLoopContext().runOnContext(now -> turned.complete());
        End.await(turned.future());
      }
    }
  }
}
