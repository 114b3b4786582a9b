package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.assertFails;
import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.IceServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledIfSystemProperty(named = "aiconexus.test.native", matches = "off")
class NativeIceServersTest {

  private static final int BINDING_REQUEST = 1;

  @Test
  void serversThatAreSetLaterAreAskedAtTheNextGathering() throws IOException {
    Vertx vertx = Vertx.vertx();
    Engine engine = EngineUnderTest.named("native", vertx, NativeOptions.DEFAULTS);
    try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(ownAddress(), 0))) {
      server.setSoTimeout((int) TimeUnit.SECONDS.toMillis(End.PATIENCE));
      End[] ends = End.pair(vertx, engine, engine);
      Ear ear = ends[0].channel("data", DataChannelOptions.DEFAULTS);
      ends[0].connect();
      ear.open();

      String url = "stun:" + server.getLocalAddress().getHostAddress() + ":" + server.getLocalPort();
      ends[0].connection.setIceServers(List.of(new IceServer(List.of(url), null, null)));
      ends[0].connection.restartIce();
      ends[0].describe();

      DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
      server.receive(packet);
      assertThat(packet.getData()[0] << 8 | packet.getData()[1]).isEqualTo(BINDING_REQUEST);
      closeAll(ends);
    }
    End.await(engine.close());
    End.await(vertx.close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stun:", "turn:192.0.2.1", "stun:%00:99999999", "turns:[::::]:x?transport=sctp"})
  void aServerThatCannotBeUsedIsRefusedWithoutACrash(String url) {
    Vertx vertx = Vertx.vertx();
    Engine engine = EngineUnderTest.named("native", vertx, NativeOptions.DEFAULTS);
    List<IceServer> servers = List.of(new IceServer(List.of(url), null, null));
    End end = End.make(vertx, engine, PeerConnectionOptions.DEFAULTS);

    end.connection.setIceServers(servers);
    end.channel("data", DataChannelOptions.DEFAULTS);
    end.describe();
    assertFails(Failure.BAD_REQUEST, engine.connection(end.context, new PeerConnectionOptions(servers, false), end));

    end.close();
    assertThat(engine.status().connections()).isZero();
    End.await(engine.close());
    End.await(vertx.close());
  }

  private static InetAddress ownAddress() throws IOException {
    return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
      .filter(one -> !one.getName().equals("lo"))
      .flatMap(NetworkInterface::inetAddresses).filter(Inet4Address.class::isInstance)
      .filter(address -> !address.isLoopbackAddress()).findFirst()
      .orElseThrow(() -> new AssertionError("libwebrtc needs an interface other than the loopback one"));
  }
}
