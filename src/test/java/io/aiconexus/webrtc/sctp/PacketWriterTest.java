package io.aiconexus.webrtc.sctp;

import static io.aiconexus.webrtc.sctp.HandPacket.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chunks as they look on the wire, worked out by hand from the figures of the RFCs. */
class PacketWriterTest {

  private byte[] sent;
  private final PacketWriter writer =
    new PacketWriter(1_150, 5_000, (packet, length) -> sent = Arrays.copyOf(packet, length));

  private byte[] chunks() {
    writer.send();
    return Arrays.copyOfRange(sent, PacketWriter.HEADER, sent.length);
  }

  /** RFC 3720 appendix B.4: the CRC32C that RFC 9260 appendix A uses. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000000, 8a9136aa",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, 62a8ab43",
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, 46dd794e",
    "1f1e1d1c1b1a191817161514131211100f0e0d0c0b0a09080706050403020100, 113fdb5c",
  })
  void theChecksumIsTheOneOfTheRfc(String data, String expected) {
    CRC32C checksum = new CRC32C();
    checksum.update(hex(data));
    assertThat((int) checksum.getValue()).isEqualTo(Integer.parseUnsignedInt(expected, 16));
  }

  @Test
  void aPacketCarriesPortsTagAndALittleEndianChecksum() {
    writer.tag(0x01020304);
    writer.plain(ChunkType.COOKIE_ACK);
    writer.send();
    assertThat(Arrays.copyOf(sent, 8)).isEqualTo(hex("1388 1388 01020304"));
    byte[] zeroed = sent.clone();
    Wire.int32(zeroed, 8, 0);
    CRC32C checksum = new CRC32C();
    checksum.update(zeroed);
    assertThat(Integer.reverseBytes(Wire.int32(sent, 8))).isEqualTo((int) checksum.getValue());
    PacketReader reader = new PacketReader(5_000);
    assertThat(reader.open(sent, 0, sent.length)).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.type()).isEqualTo(ChunkType.COOKIE_ACK);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void anInitOffersForwardTsnAndReconfiguration() {
    InitChunk.ours(0xAABBCCDD, 0x11223344, SctpOptions.DEFAULTS).write(writer, ChunkType.INIT);
    assertThat(chunks()).isEqualTo(hex("0100001e aabbccdd 00100000 ffff ffff 11223344 c000 0004 8008 0006 82c0 0000"));
  }

  @Test
  void dataIsPaddedAndItsLengthIsNot() {
    OutboundMessage message =
      new OutboundMessage(new OutboundStream(7), 53, hex("0102030405"), Delivery.UNORDERED, 0);
    writer.data(ChunkType.FLAG_UNORDERED | ChunkType.FLAG_BEGIN | ChunkType.FLAG_END, 0xFFFFFFFF, message, 0, 5);
    assertThat(chunks()).isEqualTo(hex("00 07 0015 ffffffff 0007 0000 00000035 0102030405 000000"));
  }

  @Test
  void anAbortSaysWhy() {
    writer.failure(ChunkType.ABORT, 0, ErrorCause.PROTOCOL_VIOLATION, "bad");
    assertThat(chunks()).isEqualTo(hex("06 00 000b 000d 0007 626164 00"));
  }

  @Test
  void anAbortThatWouldNotFitIsCut() {
    writer.failure(ChunkType.ABORT, 0, ErrorCause.USER_INITIATED_ABORT, "x".repeat(5_000));
    assertThat(chunks()).hasSize(1_136);
  }

  @Test
  void whatDoesNotFitAnyMoreGoesIntoTheNextPacket() {
    writer.failure(ChunkType.ERROR, 0, ErrorCause.STALE_COOKIE, new byte[1_100]);
    writer.failure(ChunkType.ERROR, 0, ErrorCause.STALE_COOKIE, new byte[100]);
    assertThat(writer.packets()).isEqualTo(1);
    assertThat(chunks()).hasSize(108);
  }
}
