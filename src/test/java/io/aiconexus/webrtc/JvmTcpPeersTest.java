package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.jvm.JvmEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Candidates over TCP at which there is nobody, or nobody who speaks ICE. */
class JvmTcpPeersTest {

  private static final int PATIENCE_MS = End.PATIENCE * 1_000;

  private Vertx vertx;
  private Engine engine;
  private End[] ends;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    engine = End.await(JvmEngine.start(vertx, JvmTcpTest.ACTIVE));
    ends = End.pair(vertx, engine, engine);
    for (End end : ends) {
      end.showing = candidate -> Optional.empty();
    }
    ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[0].connect();
    for (End end : ends) {
      while (!End.next(end.candidates).isEnd()) {
        // Both have their UDP sockets when all their candidates are there.
      }
    }
    assertThat(sockets()).isEqualTo(2);
  }

  @AfterEach
  void stop() {
    closeAll(ends);
    assertThat(sockets()).isZero();
    End.await(engine.close());
    End.await(vertx.close());
  }

  @Test
  void whoRefusesTheConnectionFailsItsPair() throws Exception {
    ServerSocket nobody = listen();
    nobody.close();

    showAt(nobody);

    awaitTrue(() -> "failed".equals(checks().lastState()), "the pair has failed");
    assertThat(sockets()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ffff", "1001", "0001ff0002ffff1001"})
  void whoTalksNonsenseIsHungUpOn(String nonsense) throws Exception {
    try (ServerSocket odd = listen()) {
      showAt(odd);
      try (Socket client = odd.accept()) {
        client.setSoTimeout(PATIENCE_MS);
        client.getOutputStream().write(new byte[1 << 20]);
        client.getOutputStream().write(HexFormat.of().parseHex(nonsense));
        assertThat(client.getInputStream().readAllBytes()).as("what was asked before").isNotEmpty();
      }
      awaitTrue(() -> "failed".equals(checks().lastState()), "the pair has failed");
      assertThat(sockets()).isEqualTo(2);
    }
  }

  @Test
  void whoWasHungUpOnIsTriedAgainAfterAnIceRestart() throws Exception {
    try (ServerSocket odd = listen()) {
      showAt(odd);
      try (Socket client = odd.accept()) {
        client.getOutputStream().write(0xff);
        client.getOutputStream().write(0xff);
        awaitTrue(() -> "failed".equals(checks().lastState()), "the pair has failed");
      }

      ends[0].call(to -> {
        to.restartIce();
        return Future.succeededFuture();
      });
      ends[0].connect();
      showAt(odd);

      odd.setSoTimeout(PATIENCE_MS);
      odd.accept().close();
    }
  }

  @Tag("long")
  @Test
  void whoAcceptsAndSaysNothingOrHalfAPacketIsHungUpOnWhenTheSearchHasFailed() throws Exception {
    try (ServerSocket mute = listen(); ServerSocket half = listen()) {
      showAt(mute, half);
      try (Socket silent = mute.accept(); Socket halting = half.accept()) {
        halting.getOutputStream().write(new byte[] {0x10, 0, 1});
        for (Socket client : List.of(silent, halting)) {
          client.setSoTimeout(PATIENCE_MS);
          assertThat(client.getInputStream().readAllBytes()).as("what was asked in vain").isNotEmpty();
        }
      }
      assertThat(List.of(End.next(ends[0].states), End.next(ends[0].states)))
        .containsExactly(ConnectionState.CONNECTING, ConnectionState.FAILED);
      assertThat(sockets()).isEqualTo(2);
    }
  }

  @Test
  void noListOfCandidatesOpensMoreThanEightConnectionsAtOnce() throws Exception {
    List<ServerSocket> mute = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      mute.add(listen());
    }

    showAt(mute.toArray(ServerSocket[]::new));

    awaitTrue(() -> checks().sent() == 12, "all were checked");
    assertThat(sockets()).isEqualTo(2 + 8);
    for (ServerSocket each : mute) {
      each.close();
    }
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
  }

  /** Tells one end that the other is at these sockets. */
  private void showAt(ServerSocket... sockets) {
    for (ServerSocket socket : sockets) {
      ends[0].call(to -> to.addIceCandidate(new IceCandidate("candidate:1 1 tcp 1518280447 127.0.0.1 "
        + socket.getLocalPort() + " typ host tcptype passive", "0", 0, null)));
    }
  }

  private IceChecks checks() {
    return ends[0].call(PeerConnection::stats).checks();
  }

  private int sockets() {
    return engine.status().details().getInteger("sockets");
  }

  private void awaitTrue(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(End.PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      End.await(vertx.timer(5, TimeUnit.MILLISECONDS));
    }
  }
}
