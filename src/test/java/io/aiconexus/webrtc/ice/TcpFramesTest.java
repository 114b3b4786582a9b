package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpFramesTest {
  private static final HexFormat HEX = HexFormat.of();

  private final Random random = new Random(20_260_301);

  /** RFC 4571 section 2; a length of zero is a null packet, which means nothing. */
  @ParameterizedTest
  @CsvSource({"0001ff, ff", "0002abcd0001ef, abcd ef", "00000001ff, ff", "000000000000, ''", "00, ''", "0002ab, ''",
    "0001ff0002ab, ff"})
  void packetsAreCutByTheLengthBeforeThem(String stream, String packets) throws Exception {
    for (int piece = 1; piece <= 8; piece++) {
      assertThat(String.join(" ", cut(HEX.parseHex(stream), piece))).isEqualTo(packets);
    }
  }

  @Test
  void packetsComeOutWholeHoweverTheStreamIsCut() throws Exception {
    for (int round = 0; round < 300; round++) {
      ByteBuffer stream = ByteBuffer.allocate(20 * (TcpFrames.HEADER + TcpFrames.LONGEST));
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] packet = new byte[random.nextInt(5) == 0 ? TcpFrames.LONGEST - random.nextInt(3) : random.nextInt(60)];
        random.nextBytes(packet);
        stream.putShort((short) packet.length).put(packet);
        if (packet.length > 0) {
          expected.add(HEX.formatHex(packet));
        }
      }
      byte[] bytes = new byte[stream.flip().remaining()];
      stream.get(bytes);
      assertThat(cut(bytes, new int[] {1, 3, 9, 100, 5_000, 1_000_000}[round % 6])).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "1000"})
  void aPacketThatIsTooLongEndsTheStreamAfterThoseBeforeIt(int piece) {
    List<ByteBuffer> packets = new ArrayList<>();
    TcpFrames frames = new TcpFrames();
    byte[] stream = HEX.parseHex("0001ff1001" + "00".repeat(20));

    assertThatThrownBy(() -> feed(frames, stream, piece, packets)).isInstanceOf(ProtocolException.class)
      .hasMessage("a packet has 4097 bytes, more than 4096");
    assertThat(packets).hasSize(1);
  }

  @Test
  void millionsOfEmptyPacketsMeanNothing() throws Exception {
    TcpFrames frames = new TcpFrames();
    byte[] empty = new byte[1 << 20];
    for (int i = 0; i < 20; i++) {
      frames.receive(ByteBuffer.wrap(empty, 0, empty.length - 1), packet -> {
        throw new AssertionError("an empty packet was given out");
      });
      frames.receive(ByteBuffer.wrap(empty, 0, 1), packet -> {
        throw new AssertionError("an empty packet was given out");
      });
    }
  }

  private static void feed(TcpFrames frames, byte[] stream, int piece, List<ByteBuffer> packets) throws Exception {
    for (int at = 0; at < stream.length; at += piece) {
      frames.receive(ByteBuffer.wrap(stream, at, Math.min(piece, stream.length - at)), packets::add);
    }
  }

  /** Feeds it in pieces of random length and gives back the packets in hex. */
  private List<String> cut(byte[] stream, int longest) throws Exception {
    TcpFrames frames = new TcpFrames();
    List<String> packets = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(1 + random.nextInt(longest), stream.length - at);
      frames.receive(ByteBuffer.wrap(stream, at, length), packet -> {
        byte[] bytes = new byte[packet.remaining()];
        IntStream.range(0, bytes.length).forEach(i -> bytes[i] = packet.get(packet.position() + i));
        packets.add(HEX.formatHex(bytes));
      });
      at += length;
    }
    return packets;
  }
}
