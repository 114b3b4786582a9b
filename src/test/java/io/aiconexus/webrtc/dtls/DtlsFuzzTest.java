package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Datagrams of real connections, damaged, before, during and after a handshake. */
class DtlsFuzzTest {
  /** Each costs BouncyCastle the elliptic curves of a handshake. */
  private static final long LONG_HANDSHAKES = 25_000;
  private static final byte[] FATAL_ALERT = {21, (byte) 254, (byte) 253, 0, 0, 0, 0, 0, 0, 0, 99, 0, 2, 2, 40};
  private static final DtlsSettings SHORT =
    new DtlsSettings(1200, Duration.ofMillis(20), Duration.ofSeconds(1), 64);

  private final Rig rig = new Rig();
  private Pair pair;
  private Mutator fromClient;
  private Mutator fromServer;
  private DtlsTransport transport;
  private DtlsRole role;
  private int given;

  @BeforeEach
  void recordAConnection() throws Exception {
    pair = rig.pair(Network.PERFECT).connect();
    for (int i = 0; i < 5; i++) {
      pair.client.say("x".repeat(1 + 50 * i));
      pair.server.say("y".repeat(1 + 50 * i));
    }
    pair.settle();
    fromClient = Mutator.ofBytes(pair.client.onLoop(() -> pair.client.sent.stream().map(DtlsFuzzTest::bytes).toList()));
    fromServer = Mutator.ofBytes(pair.server.onLoop(() -> pair.server.sent.stream().map(DtlsFuzzTest::bytes).toList()));
  }

  @AfterEach
  void leaveNoThreadBehind() throws InterruptedException {
    rig.close();
  }

  @Test
  void beforeAHandshakeDatagramsAreKeptOrDropped() throws Exception {
    fuzzFront(100_000);
  }

  @Tag("long")
  @Test
  void beforeAHandshakeDatagramsInTheLongRunAreKeptOrDropped() throws Exception {
    fuzzFront(Fuzz.LONG);
  }

  @Test
  void noRecordOfAStrangerEndsAConnection() throws Exception {
    fuzzConnection(50_000);
  }

  @Tag("long")
  @Test
  void noRecordOfAStrangerInTheLongRunEndsAConnection() throws Exception {
    fuzzConnection(Fuzz.LONG);
  }

  @Test
  void aDamagedFlightEndsAHandshakeAndNoMore() throws Exception {
    fuzzHandshake(300);
  }

  @Tag("long")
  @Test
  void damagedFlightsInTheLongRunEndHandshakesAndNoMore() throws Exception {
    fuzzHandshake(LONG_HANDSHAKES);
  }

  private void fuzzFront(long inputs) throws Exception {
    // A datagram is copied once, and kept by reference.
    Fuzz.Report report = new Fuzz("DTLS before a handshake", random -> {
      transport = given++ % 100 == 0 ? listening() : transport;
      return fromClient.next(random);
    }, this::isKept).allocating(4 * 1024, 2).run(inputs);
    report.assertMixed();
  }

  /** A server whose worker never comes. */
  private DtlsTransport listening() {
    End end = new End(Runnable::run);
    DtlsTransport server = new DtlsTransport(DtlsRole.SERVER, policy(DtlsRole.SERVER), DtlsSettings.DEFAULTS,
      work -> { }, Runnable::run, datagram -> { }, end);
    server.start(0);
    return server;
  }

  private static PeerPolicy policy(DtlsRole role) {
    boolean client = role == DtlsRole.CLIENT;
    return new PeerPolicy(client ? Pair.CLIENT : Pair.SERVER, new DtlsCrypto(Pair.RANDOM), SHORT,
      List.of((client ? Pair.SERVER : Pair.CLIENT).fingerprint()));
  }

  private boolean isKept(byte[] datagram) {
    long before = transport.droppedDatagrams();
    transport.receive(ByteBuffer.wrap(datagram), 0);
    return transport.droppedDatagrams() == before;
  }

  private void fuzzConnection(long inputs) throws Exception {
    transport = pair.server.transport;
    pair.server.out = datagram -> { };
    Fuzz.Report report = new Fuzz("DTLS records", random -> {
      pair.server.sent.clear();
      if (pair.server.closed.isDone()) {
        throw new AssertionError("a stranger ended the connection: " + pair.server.closed.join());
      }
      return (random.nextInt(10) == 0 ? fromServer : fromClient).next(random);
    }, this::isKept).allocating(32 * 1024, 20).run(inputs);
    assertThat(report.taken()).as("authentic ones").isLessThan(report.inputs() / 10);
    assertThat(pair.server.received).as("no more than was said").hasSize(5);
  }

  private void fuzzHandshake(long inputs) throws Exception {
    Fuzz.Report report = new Fuzz("DTLS handshake", random -> {
      role = random.nextBoolean() ? DtlsRole.CLIENT : DtlsRole.SERVER;
      return (role == DtlsRole.CLIENT ? fromServer : fromClient).next(random);
    }, this::endsCleanly).allocating(1024 * 1024, 100).run(inputs);
    assertThat(report.taken()).isEqualTo(report.inputs());
  }

  /** A handshake with a damaged message in its way, which an alert ends if nothing else does. */
  private boolean endsCleanly(byte[] datagram) {
    Wire wire = new Wire(SHORT, answer -> { });
    if (datagram.length <= Wire.LARGEST_DATAGRAM && DatagramKind.of(datagram) != DatagramKind.MALFORMED) {
      wire.offer(datagram);
    }
    wire.offer(FATAL_ALERT);
    List<String> ends = new ArrayList<>();
    new Handshake(role, policy(role), wire, new Handshake.Outcome() {
      @Override
      public void succeeded(Records records, DtlsCipherSuite cipherSuite) {
        throw new AssertionError("a handshake of one flight");
      }

      @Override
      public void failed(DtlsCloseReason reason, String detail, ByteBuffer alert) {
        ends.add(reason + " " + detail);
      }
    }).run();
    return ends.size() == 1;
  }

  private static byte[] bytes(ByteBuffer datagram) {
    byte[] bytes = new byte[datagram.remaining()];
    datagram.duplicate().get(bytes);
    return bytes;
  }
}
