package io.aiconexus.webrtc.dcep;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The two messages of DCEP, sent on the channel's own stream with {@link Ppid#CONTROL}, ordered and reliable. */
public sealed interface DcepMessage {

  /** The message type of an OPEN. */
  int OPEN = 3;
  /** The message type of an ACK. */
  int ACK = 2;

  /** The message as bytes. */
  byte[] encode();

  /** "I open this channel" (RFC 8832 section 5.1). */
  record Open(ChannelType type, int priority, long reliability, String label, String protocol) implements DcepMessage {

    private static final int FIXED = 12;
    private static final int LONGEST = 65_535;

    /** Checks the ranges: priority 0 to 65,535, reliability 0 to 2^32 - 1, texts up to 65,535 bytes of UTF-8. */
    public Open {
      require(priority >= 0 && priority <= 65_535, "priority must be 0 to 65535, was " + priority);
      require(reliability >= 0 && reliability <= 0xFFFF_FFFFL, "reliability must be 0 to 2^32 - 1, was " + reliability);
      require(utf8(label).length <= LONGEST, "label must be at most 65535 bytes of UTF-8");
      require(utf8(protocol).length <= LONGEST, "protocol must be at most 65535 bytes of UTF-8");
    }

    private static void require(boolean holds, String rule) {
      if (!holds) {
        throw new IllegalArgumentException("data channel: " + rule);
      }
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] encode() {
      byte[] labelBytes = utf8(label);
      byte[] protocolBytes = utf8(protocol);
      return ByteBuffer.allocate(FIXED + labelBytes.length + protocolBytes.length)
        .put((byte) OPEN)
        .put((byte) type.value())
        .putShort((short) priority)
        .putInt((int) reliability)
        .putShort((short) labelBytes.length)
        .putShort((short) protocolBytes.length)
        .put(labelBytes)
        .put(protocolBytes)
        .array();
    }

    private static Open read(ByteBuffer bytes) throws DcepException {
      if (bytes.remaining() < FIXED - 1) {
        throw new DcepException("DATA_CHANNEL_OPEN has " + (bytes.remaining() + 1) + " bytes, needs " + FIXED);
      }
      int typeValue = bytes.get() & 0xFF;
      ChannelType type = ChannelType.of(typeValue)
        .orElseThrow(() -> new DcepException("unknown channel type 0x" + Integer.toHexString(typeValue)));
      int priority = bytes.getShort() & 0xFFFF;
      long reliability = bytes.getInt() & 0xFFFF_FFFFL;
      int labelLength = bytes.getShort() & 0xFFFF;
      int protocolLength = bytes.getShort() & 0xFFFF;
      if (bytes.remaining() != labelLength + protocolLength) {
        throw new DcepException("DATA_CHANNEL_OPEN says " + (labelLength + protocolLength)
          + " bytes of label and protocol, has " + bytes.remaining());
      }
      return new Open(type, priority, reliability, text(bytes, labelLength), text(bytes, protocolLength));
    }

    private static String text(ByteBuffer bytes, int length) throws DcepException {
      ByteBuffer part = bytes.slice().limit(length);
      bytes.position(bytes.position() + length);
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
      } catch (CharacterCodingException notUtf8) {
        throw new DcepException("label or protocol is not UTF-8");
      }
    }
  }

  /** "I know this channel now" (RFC 8832 section 5.2). */
  record Ack() implements DcepMessage {
    @Override
    public byte[] encode() {
      return new byte[] {ACK};
    }
  }

  /**
   * Reads a message that came with {@link Ppid#CONTROL}; fails when it is not as RFC 8832 has it. Only what follows the
   * one byte of an acknowledgement is not looked at: pion 3.1 sends three more.
   */
  static DcepMessage read(byte[] message) throws DcepException {
    if (message.length == 0) {
      throw new DcepException("empty control message");
    }
    ByteBuffer bytes = ByteBuffer.wrap(message);
    int type = bytes.get() & 0xFF;
    return switch (type) {
      case OPEN -> Open.read(bytes);
      case ACK -> new Ack();
      default -> throw new DcepException("unknown control message type " + type);
    };
  }
}
