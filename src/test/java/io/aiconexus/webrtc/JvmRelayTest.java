package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.jvm.JvmEngine;
import io.aiconexus.webrtc.jvm.JvmOptions;
import io.aiconexus.webrtc.turn.Coturn;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Connections of the engine in Java through a real TURN server. */
class JvmRelayTest {

  private Vertx vertx;
  private Engine engine;
  private Coturn server;

  @BeforeEach
  void start() throws Exception {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    engine = End.await(JvmEngine.start(vertx, JvmOptions.DEFAULTS));
    server = Coturn.start();
  }

  @AfterEach
  void stop() throws Exception {
    End.await(engine.close());
    End.await(vertx.close());
    server.close();
  }

  @Test
  void twoEndsThatMayOnlyUseRelaysTalkThroughThem() {
    End[] ends = relayed();
    Ear[] ears = open(ends);

    ears[0].say("through two relays");
    ears[1].say("and back");
    Buffer large = random(200_000);
    End.await(ears[0].send(large, true));

    assertThat(ears[1].hear().text()).isEqualTo("through two relays");
    assertThat(ears[0].hear().text()).isEqualTo("and back");
    assertThat(ears[1].hear().data()).isEqualTo(large);
    for (End end : ends) {
      ConnectionStats stats = end.call(PeerConnection::stats);
      assertThat(stats.localCandidateType()).isEqualTo("relay");
      assertThat(stats.remoteCandidateType()).isEqualTo("relay");
    }
    closeAll(ends);
  }

  @Test
  void anEndThatMayOnlyUseRelaysTellsNoAddressOfItsOwn() {
    End end = End.make(vertx, engine, only(Coturn.ANN.password()));
    end.channel("data", DataChannelOptions.DEFAULTS);
    end.describe();

    List<String> lines = lines(end);
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0)).contains(" typ relay raddr 0.0.0.0 rport 0");
    end.close();
  }

  @Test
  void withoutThatRuleARelayIsOneCandidateAmongOthersAndIsNotPreferred() {
    PeerConnectionOptions all = new PeerConnectionOptions(servers(Coturn.ANN.password()), false);
    End[] ends = End.introduce(End.make(vertx, engine, all), End.make(vertx, engine, all));
    Ear[] ears = open(ends);
    ears[0].say("directly");
    assertThat(ears[1].hear().text()).isEqualTo("directly");

    assertThat(lines(ends[0])).anyMatch(line -> line.contains(" typ host"))
      .anyMatch(line -> line.contains(" typ relay raddr 127.0.0.1"));
    assertThat(ends[0].call(PeerConnection::stats).localCandidateType()).isNotEqualTo("relay");
    closeAll(ends);
  }

  @Test
  void aWrongPasswordIsToldOfAndLeavesNoCandidate() {
    End end = End.make(vertx, engine, only("a wrong secret"));
    end.channel("data", DataChannelOptions.DEFAULTS);
    end.describe();

    assertThat(lines(end)).isEmpty();
    assertThat(end.errors).containsExactly(url() + " 401");
    assertThat(sockets()).isZero();
    end.close();
  }

  @Test
  void anIceRestartKeepsTheRelayAndTheChannel() {
    End[] ends = relayed();
    Ear[] ears = open(ends);
    List<String> before = addresses(ends);
    ends[0].call(to -> {
      to.restartIce();
      return Future.succeededFuture();
    });
    ends[0].connect();

    ears[0].say("after");
    assertThat(ears[1].hear().text()).isEqualTo("after");
    assertThat(addresses(ends)).isEqualTo(before).hasSize(2);
    assertThat(sockets()).isEqualTo(2);
    closeAll(ends);
  }

  @Test
  @DisabledIfSystemProperty(named = "aiconexus.test.native", matches = "off")
  void aRelayedEndReachesLibwebrtcWithASocket() throws Exception {
    Engine other = EngineUnderTest.named("native", vertx, NativeOptions.DEFAULTS);
    try (Coturn near = Coturn.startBare("--relay-ip", ownAddress())) {
      List<IceServer> servers = List.of(new IceServer(List.of("turn:127.0.0.1:" + near.address.getPort()),
        Coturn.ANN.username(), Coturn.ANN.password()));
      End[] ends = End.introduce(End.make(vertx, engine, new PeerConnectionOptions(servers, true)),
        End.make(vertx, other, PeerConnectionOptions.DEFAULTS));
      Ear[] ears = open(ends);
      ears[0].say("to libwebrtc");
      ears[1].say("from libwebrtc");

      assertThat(ears[1].hear().text()).isEqualTo("to libwebrtc");
      assertThat(ears[0].hear().text()).isEqualTo("from libwebrtc");
      ConnectionStats stats = ends[0].call(PeerConnection::stats);
      assertThat(stats.localCandidateType()).isEqualTo("relay");
      assertThat(stats.remoteCandidateType()).isNotEqualTo("relay");
      closeAll(ends);
      awaitNoSockets();
    }
    End.await(other.close());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void nothingStaysOpenOnceTheServerHasItsAddressesBack() throws Exception {
    closeAll(open(relayed()));
    awaitNoSockets();
    OpenSockets before = OpenSockets.now();

    for (int i = 0; i < 5; i++) {
      closeAll(open(relayed()));
      End[] hasty = relayed();
      hasty[0].channel("data", DataChannelOptions.DEFAULTS);
      hasty[0].connect();
      closeAll(hasty);
    }
    awaitNoSockets();

    assertThat(engine.status().connections()).isZero();
    for (int i = 0; i < 100 && !OpenSockets.now().openedSince(before).isEmpty(); i++) {
      turn();
    }
    assertThat(OpenSockets.now().openedSince(before)).isEmpty();
  }

  private End[] relayed() {
    PeerConnectionOptions options = only(Coturn.ANN.password());
    return End.introduce(End.make(vertx, engine, options), End.make(vertx, engine, options));
  }

  private PeerConnectionOptions only(String password) {
    return new PeerConnectionOptions(servers(password), true);
  }

  private List<IceServer> servers(String password) {
    return List.of(new IceServer(List.of(url()), Coturn.ANN.username(), password));
  }

  private String url() {
    return "turn:127.0.0.1:" + server.address.getPort() + "?transport=udp";
  }

  private static Ear[] open(End[] ends) {
    Ear here = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[0].connect();
    here.open();
    return new Ear[] {here, End.next(ends[1].incoming).open()};
  }

  /** Every candidate of an end, once it has said that these are all. */
  private static List<String> lines(End end) {
    List<String> lines = new ArrayList<>();
    IceCandidate next = End.next(end.candidates);
    while (!next.isEnd()) {
      lines.add(next.candidate());
      next = End.next(end.candidates);
    }
    return lines;
  }

  private static List<String> addresses(End[] ends) {
    return Stream.of(ends).flatMap(end -> lines(end).stream())
      .map(line -> line.split(" ")[4] + ":" + line.split(" ")[5]).toList();
  }

  private int sockets() {
    return engine.status().details().getInteger("sockets");
  }

  private void awaitNoSockets() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(End.PATIENCE);
    while (sockets() > 0) {
      assertThat(System.nanoTime()).as("%d sockets are still open", sockets()).isLessThan(end);
      turn();
    }
  }

  /** Lets every loop select, which is when the system takes closed sockets back. */
  private void turn() {
    for (int loop = 0; loop < 4; loop++) {
      End.await(vertx.timer(5, TimeUnit.MILLISECONDS));
    }
  }

  private static String ownAddress() throws IOException {
    return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
      .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).findFirst()
      .map(InetAddress::getHostAddress)
      .orElseThrow(() -> new AssertionError("libwebrtc needs an interface other than the loopback one"));
  }

  private static Buffer random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }
}
