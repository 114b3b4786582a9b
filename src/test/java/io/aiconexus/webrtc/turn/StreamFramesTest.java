package io.aiconexus.webrtc.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFramesTest {
  private static final HexFormat HEX = HexFormat.of();

  private final Random random = new Random(20_260_201);

  /** RFC 8656 section 12.5: padded to a multiple of 4, with the length of what is not padding; over UDP not padded. */
  @ParameterizedTest
  @CsvSource({"'', 40000000, 40000000", "61, 4000000161, 4000000161000000", "616263, 40000003616263, 4000000361626300",
    "61626364, 4000000461626364, 4000000461626364", "6162636465, 400000056162636465, 400000056162636465000000"})
  void channelDataIsPaddedOnAStreamOnly(String data, String packet, String padded) throws Exception {
    byte[] bytes = HEX.parseHex(data);
    assertThat(HEX.formatHex(ChannelData.packet(0x4000, bytes, false))).isEqualTo(packet);
    assertThat(HEX.formatHex(ChannelData.packet(0x4000, bytes, true))).isEqualTo(padded);
    assertThat(cut(HEX.parseHex(padded), 100)).containsExactly(packet);
  }

  @Test
  void packetsComeOutWholeHoweverTheStreamIsCut() throws Exception {
    for (int round = 0; round < 300; round++) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] data = new byte[random.nextInt(10) == 0 ? random.nextInt(65_000) : random.nextInt(60)];
        random.nextBytes(data);
        boolean channel = random.nextBoolean();
        stream.writeBytes(channel ? ChannelData.packet(0x4001, data, true) : indication(data));
        expected.add(HEX.formatHex(channel ? ChannelData.packet(0x4001, data, false) : indication(data)));
      }
      int longest = new int[] {1, 3, 9, 100, 5_000, 1_000_000}[round % 6];
      assertThat(cut(stream.toByteArray(), longest)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"80, 00 or 01", "c0, 00 or 01", "00010001, multiple of 4", "000100002112a443, cookie"})
  void whatIsNoTurnStreamIsRefusedAtOnce(String bytes, String rule) {
    StreamFrames frames = new StreamFrames();
    byte[] stream = HEX.parseHex(bytes);
    assertThatThrownBy(() -> frames.receive(ByteBuffer.wrap(stream), packet -> { }))
      .isInstanceOf(FrameException.class).hasMessageContaining(rule);
  }

  @Test
  void rubbishIsCutOrRefusedButNeverGrows() {
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] rubbish = new byte[1 + random.nextInt(200)];
      random.nextBytes(rubbish);
      rubbish[0] &= random.nextInt(4) == 0 ? 0xff : 0x4f;
      try {
        cut(rubbish, 1 + random.nextInt(50));
      } catch (FrameException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 19_000);
  }

  private static byte[] indication(byte[] data) {
    return StunBuilder.indication(StunMethod.DATA, new TransactionId(1, 2)).bytes(StunAttribute.DATA, data).build();
  }

  /** Feeds it in pieces of random length and gives back the packets in hex. */
  private List<String> cut(byte[] stream, int longest) throws FrameException {
    StreamFrames frames = new StreamFrames();
    List<String> packets = new ArrayList<>();
    for (int at = 0; at < stream.length; ) {
      int length = Math.min(1 + random.nextInt(longest), stream.length - at);
      frames.receive(ByteBuffer.wrap(stream, at, length), packet -> {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        packets.add(HEX.formatHex(bytes));
      });
      at += length;
    }
    return packets;
  }
}
