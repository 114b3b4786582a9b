package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DtlsHostileInputTest {

  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;

  private final Rig rig = new Rig();

  @AfterEach
  void leaveNoThreadBehind() throws InterruptedException {
    rig.close();
  }

  @Test
  void garbageBetweenAllDatagramsDisturbsNoHandshake() throws Exception {
    Random random = new Random(1);
    Network dirty = (datagram, delivery) -> {
      for (int i = 0; i < 50; i++) {
        delivery.accept(garbage(random));
      }
      delivery.accept(datagram);
    };

    Pair pair = rig.pair(dirty).connect();

    assertThat(pair.client.dropped() + pair.server.dropped()).isGreaterThanOrEqualTo(200);
  }

  @Test
  void garbageDisturbsNoConnection() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();
    Random random = new Random(2);

    deliver(pair.server, 5000, number -> garbage(random));
    pair.client.say("still here");
    pair.settle();

    assertThat(pair.server.dropped()).isEqualTo(5000);
    assertThat(pair.server.onLoop(() -> pair.server.received)).containsExactly("still here");
  }

  @Test
  void aRecordWithAnyBitChangedIsDroppedAndTheTrueOneStillCounts() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();
    ByteBuffer record = captured(pair, "secret");

    deliver(pair.server, record.remaining() * 8, bit -> flipped(record, bit));
    assertThat(pair.server.onLoop(() -> pair.server.received)).isEmpty();

    deliver(pair.server, 1, number -> record.duplicate());
    assertThat(pair.server.onLoop(() -> pair.server.received)).containsExactly("secret");
  }

  @Test
  void aRepeatedRecordIsDeliveredOnce() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();
    ByteBuffer record = captured(pair, "once");

    deliver(pair.server, 3, number -> record.duplicate());

    assertThat(pair.server.onLoop(() -> pair.server.received)).containsExactly("once");
    assertThat(pair.server.dropped()).isEqualTo(2);
  }

  @Test
  void plaintextEndsNoConnectionAndBringsNoData() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();

    for (End end : List.of(pair.server, pair.client)) {
      deliver(end, 3, number -> record(ALERT, 0, 100 + number, new byte[] {2, 40}));
      deliver(end, 3, number -> record(ALERT, 0, 200 + number, new byte[] {1, 0}));
      deliver(end, 3, number -> record(APPLICATION_DATA, 0, 300 + number, new byte[] {'x'}));
    }
    pair.client.say("ping");
    pair.server.say("pong");
    pair.settle();

    assertThat(pair.server.onLoop(() -> pair.server.received)).containsExactly("ping");
    assertThat(pair.client.onLoop(() -> pair.client.received)).containsExactly("pong");
  }

  @Test
  void aRecordOfAReservedVersionEndsNothing() throws Exception {
    byte[] reserved = record(APPLICATION_DATA, 1, 900, new byte[40]).put(2, (byte) 254).array();
    byte[] second = ByteBuffer.allocate(150).put(record(APPLICATION_DATA, 1, 901, new byte[84])).put(reserved).array();
    Network hostile = (datagram, delivery) -> {
      delivery.accept(ByteBuffer.wrap(reserved));
      delivery.accept(datagram);
    };

    Pair pair = rig.pair(hostile).connect();
    deliver(pair.server, 2, number -> ByteBuffer.wrap(number == 0 ? reserved : second));
    pair.client.say("still here");
    pair.settle();

    assertThat(pair.server.onLoop(() -> pair.server.received)).containsExactly("still here");
  }

  @Test
  void aNewClientHelloRenegotiatesNothing() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();
    byte[] hello = new byte[pair.client.sent.get(0).remaining() - 13];
    pair.client.onLoop(() -> pair.client.sent.get(0)).get(13, hello);
    int answers = pair.server.onLoop(() -> pair.server.sent.size());

    deliver(pair.server, 5, number -> record(HANDSHAKE, 0, 500 + number, hello));
    pair.client.say("ping");
    pair.settle();

    assertThat(pair.server.onLoop(() -> pair.server.received)).containsExactly("ping");
    assertThat(pair.server.onLoop(() -> pair.server.sent)).hasSize(answers);
  }

  @Test
  void fragmentsOfHugeMessagesReserveNothing() throws Exception {
    Network flood = (datagram, delivery) -> {
      for (int message = 0; message < 32; message++) {
        delivery.accept(record(HANDSHAKE, 0, 1000 + message, fragment(11, 0xffffff, message, 0, 1)));
      }
      delivery.accept(datagram);
    };

    Pair pair = rig.pair(flood).connect();

    assertThat(pair.client.dropped()).isGreaterThanOrEqualTo(64);
    assertThat(pair.server.dropped()).isGreaterThanOrEqualTo(64);
  }

  @ParameterizedTest
  @CsvSource({"true, 0b 000009 0001 000000 000009 000006 000003 123456", "true, 0b 000003 0001 000000 000003 000000",
    "true, 0b 000009 0001 000006 000003 123456", "false, 0b 000009 0001 000000 000009 000006 7f011a 123456",
    "false, 0b 000009 0001 000000 000009 7f0006 000003 123456", "false, 0b 000003 0001 000000 000003 ffffff",
    "false, 0b 000009 0001 000000 000004 00000600", "false, 0b 000009 0001 000005 000004 03123456",
    "false, 16 000004 0001 000000 000004 01ffffff", "false, 17 000003 0001 000000 000003 ffffff"})
  void lengthsInsideAMessageReserveNothing(boolean taken, String message) {
    byte[] content = HexFormat.of().parseHex(message.replace(" ", ""));
    assertThat(DatagramKind.of(record(HANDSHAKE, 0, 1, content).array()))
      .isEqualTo(taken ? DatagramKind.HANDSHAKE : DatagramKind.MALFORMED);
  }

  @Test
  void aServerIsNotWokenByAnythingButAClientHello() throws Exception {
    Pair pair = rig.pair(Network.PERFECT);
    pair.server.start();

    deliver(pair.server, 1000, number -> record(HANDSHAKE, 0, number, fragment(11, 100, 1, 0, 100)));
    deliver(pair.server, 1000, number -> record(APPLICATION_DATA, 1, number, new byte[100]));

    assertThat(Rig.liveWorkers()).isZero();
    assertThat(pair.server.dropped()).isEqualTo(2000 - DtlsSettings.DEFAULTS.earlyDatagrams());
  }

  @Test
  void aFloodDuringTheHandshakeIsBounded() throws Exception {
    Rig narrow = new Rig(1, 8);
    try (narrow) {
      Pair busy = new Pair(narrow.loop, narrow.workers, DtlsSettings.DEFAULTS, (datagram, delivery) -> { }).start();
      busy.client.firstSent.get();
      Pair flooded = narrow.pair(Network.PERFECT);
      flooded.client.start();

      deliver(flooded.client, 10_000, number -> record(HANDSHAKE, 0, number, fragment(2, 1000, 0, 0, 1000)));

      assertThat(flooded.client.dropped()).isGreaterThanOrEqualTo(10_000 - DtlsSettings.DEFAULTS.earlyDatagrams());
      flooded.client.close();
      busy.client.close();
      busy.client.awaitClosed();
    }
  }

  private interface Datagrams {
    ByteBuffer of(int number);
  }

  private static void deliver(End end, int count, Datagrams datagrams) throws Exception {
    end.onLoop(() -> {
      for (int number = 0; number < count; number++) {
        end.deliver(datagrams.of(number));
      }
      return null;
    });
  }

  private static ByteBuffer captured(Pair pair, String text) throws Exception {
    List<ByteBuffer> captured = new ArrayList<>();
    pair.client.onLoop(() -> pair.client.out = captured::add);
    pair.client.say(text);
    pair.client.onLoop(() -> null);
    return captured.get(0);
  }

  private static ByteBuffer flipped(ByteBuffer record, int bit) {
    ByteBuffer copy = ByteBuffer.allocate(record.remaining()).put(record.duplicate()).flip();
    return copy.put(bit / 8, (byte) (copy.get(bit / 8) ^ 1 << bit % 8));
  }

  /** Half of it pure noise, half with a plausible header. */
  private static ByteBuffer garbage(Random random) {
    byte[] noise = new byte[random.nextInt(300)];
    random.nextBytes(noise);
    if (random.nextBoolean() && noise.length > 2) {
      noise[0] = (byte) (20 + random.nextInt(5));
      noise[1] = (byte) 254;
      noise[2] = (byte) 253;
    }
    return ByteBuffer.wrap(noise);
  }

  private static ByteBuffer record(int type, int epoch, int sequence, byte[] content) {
    ByteBuffer record = ByteBuffer.allocate(13 + content.length);
    record.put((byte) type).put((byte) 254).put((byte) 253).putShort((short) epoch);
    return record.putShort((short) 0).putInt(sequence).putShort((short) content.length).put(content).flip();
  }

  private static byte[] fragment(int type, int message, int sequence, int offset, int length) {
    ByteBuffer fragment = ByteBuffer.allocate(12 + length);
    fragment.putInt(type << 24 | message).putShort((short) sequence);
    fragment.put((byte) (offset >> 16)).putShort((short) offset).put((byte) (length >> 16)).putShort((short) length);
    return fragment.array();
  }
}
