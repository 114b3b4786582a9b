package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.protocol.IceServer;
import io.aiconexus.webrtc.jvm.JvmEngine;
import io.aiconexus.webrtc.jvm.JvmOptions;
import io.aiconexus.webrtc.jvm.OneHello;
import io.aiconexus.webrtc.jvm.Weather;
import io.aiconexus.webrtc.stun.StunDemux;
import io.aiconexus.webrtc.stun.TransactionId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramPacket;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.net.SocketAddress;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JvmPathsTest {

  private Vertx vertx;
  private final List<Engine> engines = new ArrayList<>();

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  }

  @AfterEach
  void stop() {
    engines.forEach(engine -> End.await(engine.close()));
    End.await(vertx.close());
  }

  private Engine engine() {
    engines.add(End.await(JvmEngine.start(vertx, JvmOptions.DEFAULTS)));
    return engines.get(engines.size() - 1);
  }

  @Test
  void severalConnectionsFromOneRemoteSocketEachGetASocketOfTheirOwn() throws Exception {
    Engine offering = engine();
    Engine answering = engine();
    Middle middle = new Middle(vertx, ownAddress());
    List<Ear> heard = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      heard.add(middle.connect(offering, answering));
      assertThat(sockets(answering)).isEqualTo(i + 1);
    }
    for (int i = 0; i < 3; i++) {
      middle.offering.get(i).say("to " + i);
      assertThat(heard.get(i).hear().text()).isEqualTo("to " + i);
      heard.get(i).say("from " + i);
      assertThat(middle.offering.get(i).hear().text()).isEqualTo("from " + i);
    }
    heard.forEach(EngineUnderTest::closeAll);
    middle.offering.forEach(EngineUnderTest::closeAll);
    assertThat(sockets(answering)).isZero();
    End.await(middle.socket.close());
  }

  @Test
  void aPathThatFallsSilentIsDisconnectedAndComesBack() {
    Weather weather = new Weather(0, 0, 1);
    Engine both = End.await(weather.engine(vertx, JvmOptions.DEFAULTS));
    engines.add(both);
    End[] ends = End.pair(vertx, both, both);
    Ear here = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[0].connect();
    here.open();
    Ear there = End.next(ends[1].incoming).open();
    assertThat(List.of(End.next(ends[0].states), End.next(ends[0].states)))
      .containsExactly(ConnectionState.CONNECTING, ConnectionState.CONNECTED);

    weather.cut(true);
    assertThat(End.next(ends[0].states)).isEqualTo(ConnectionState.DISCONNECTED);
    here.say("sent into the silence");
    weather.cut(false);

    assertThat(End.next(ends[0].states)).isEqualTo(ConnectionState.CONNECTED);
    assertThat(there.hear().text()).isEqualTo("sent into the silence");
    closeAll(ends);
  }

  @Test
  void theHelloOfAnEndWhoseAnswerIsStillOnItsWayIsKept() {
    OneHello network = new OneHello();
    Engine both = End.await(network.engine(vertx));
    engines.add(both);
    End[] ends = End.pair(vertx, both, both);
    Ear here = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[1].accept(ends[0].describe());
    SessionDescription answer = ends[1].describe();
    End.await(network.carried());

    ends[0].accept(answer);

    here.open();
    closeAll(ends);
  }

  @Test
  void aConnectionThatMayOnlyUseRelaysHasNoCandidateWithoutOne() {
    End end = End.make(vertx, engine(), new PeerConnectionOptions(List.of(), true));
    end.channel("data", DataChannelOptions.DEFAULTS);
    end.describe();

    assertThat(End.next(end.candidates).isEnd()).isTrue();
    end.close();
  }

  @Test
  void whatAStunServerSeesBecomesACandidateAndOtherServersAreToldOf() throws Exception {
    DatagramSocket server = vertx.createDatagramSocket();
    String address = ownAddress();
    server.handler(packet -> {
      ByteBuffer answer = ByteBuffer.allocate(32);
      byte[] request = packet.data().getBytes();
      answer.putShort((short) 0x0101).putShort((short) 12).put(request, 4, 16);
      answer.putShort((short) 0x0020).putShort((short) 8).put((byte) 0).put((byte) 1)
        .putShort((short) (4_242 ^ 0x2112)).putInt(0xcb007109 ^ 0x2112a442);
      server.send(Buffer.buffer(answer.array()), packet.sender().port(), packet.sender().host());
    });
    End.await(server.listen(0, address));
    End end = End.make(vertx, engine(), new PeerConnectionOptions(List.of(
      new IceServer(List.of("stun:" + address + ":" + server.localAddress().port(),
        "turns:192.0.2.7"), "u", "c")),
      false));
    end.channel("data", DataChannelOptions.DEFAULTS);
    end.describe();

    List<String> lines = new ArrayList<>();
    IceCandidate next = End.next(end.candidates);
    while (!next.isEnd()) {
      lines.add(next.candidate());
      next = End.next(end.candidates);
    }
    assertThat(lines).anyMatch(line -> line.contains(" 203.0.113.9 4242 typ srflx raddr " + address));
    assertThat(end.errors).containsExactly("turns:192.0.2.7 701");
    end.close();
    End.await(server.close());
  }

  private static String ownAddress() throws Exception {
    return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
      .filter(address -> address instanceof Inet4Address).sorted((a, b) ->
        Boolean.compare(a.isLoopbackAddress(), b.isLoopbackAddress())).findFirst().orElseThrow().getHostAddress();
  }

  private static int sockets(Engine engine) {
    return engine.status().details().getInteger("sockets");
  }

  /** One remote socket behind which several connections offer, as behind a server that has one port for all. */
  private static final class Middle {

    private final Vertx vertx;
    private final String address;
    private final DatagramSocket socket;
    final List<Ear> offering = new ArrayList<>();
    private final Map<String, Integer> byUfrag = new HashMap<>();
    private final Map<Integer, Integer> byOfferingPort = new HashMap<>();
    private final Map<Integer, Integer> byAnsweringPort = new HashMap<>();
    private final Map<Integer, Integer> answeringPort = new HashMap<>();
    private final Map<TransactionId, Integer> asked = new HashMap<>();

    Middle(Vertx vertx, String address) {
      this.vertx = vertx;
      this.address = address;
      this.socket = vertx.createDatagramSocket();
      socket.handler(this::forward);
      End.await(socket.listen(0, address));
    }

    Ear connect(Engine offerer, Engine answerer) {
      End a = End.make(vertx, offerer, PeerConnectionOptions.DEFAULTS);
      End b = End.make(vertx, answerer, PeerConnectionOptions.DEFAULTS);
      Ear ear = a.channel("data", DataChannelOptions.DEFAULTS);
      SessionDescription offer = a.describe();
      int port = Integer.parseInt(End.next(a.candidates).candidate().split(" ")[5]);
      int number = offering.size();
      offering.add(ear);
      End.await(a.on(() -> {
        byUfrag.put(SdpLines.ufrag(offer.sdp()), number);
        byOfferingPort.put(port, number);
        return Future.succeededFuture();
      }));
      b.accept(offer);
      a.accept(b.describe());
      b.call(to -> to.addIceCandidate(new IceCandidate("candidate:1 1 udp 2130706431 " + address + " "
        + socket.localAddress().port() + " typ host", "0", 0, null)));
      ear.open();
      return End.next(b.incoming).open();
    }

    private void forward(DatagramPacket packet) {
      SocketAddress from = packet.sender();
      ByteBuffer bytes = ByteBuffer.wrap(packet.data().getBytes());
      Integer offerer = byOfferingPort.get(from.port());
      if (offerer != null) {
        if (StunDemux.isStun(bytes)) {
          asked.put(StunDemux.transactionId(bytes), offerer);
        }
        socket.send(packet.data(), answeringPort.get(offerer), address);
        return;
      }
      Integer to = byAnsweringPort.get(from.port());
      if (StunDemux.isStun(bytes)) {
        to = StunDemux.isBindingRequest(bytes) ? byUfrag.get(StunDemux.targetUfrag(bytes))
          : asked.get(StunDemux.transactionId(bytes));
        byAnsweringPort.put(from.port(), to);
        answeringPort.put(to, from.port());
      }
      int number = to;
      int port = byOfferingPort.entrySet().stream().filter(each -> each.getValue() == number).findFirst().orElseThrow()
        .getKey();
      socket.send(packet.data(), port, address);
    }
  }
}
