package io.aiconexus.webrtc.sctp;

import java.io.ByteArrayOutputStream;

/**
 * What INIT and INIT ACK say (RFC 9260 sections 3.3.2 and 3.3.3).
 *
 * @param tag             the verification tag that the sender wants to see
 * @param window          the sender's receive window in bytes
 * @param outbound        streams the sender wants to use
 * @param inbound         streams the sender can take
 * @param initialTsn      the sender's first TSN
 * @param forwardTsn      whether the sender understands FORWARD-TSN (RFC 3758)
 * @param reconfiguration whether the sender understands stream resets (RFC 6525)
 * @param cookie          the state cookie, or null
 * @param unrecognized    parameters that the sender of this chunk wants to hear about, as they came
 */
record InitChunk(int tag, long window, int outbound, int inbound, int initialTsn, boolean forwardTsn,
                 boolean reconfiguration, byte[] cookie, byte[] unrecognized) {

  static final int FIXED = 16;

  private static final int STATE_COOKIE = 7;
  private static final int UNRECOGNIZED = 8;
  private static final int SUPPORTED_EXTENSIONS = 0x8008;
  private static final int FORWARD_TSN_SUPPORTED = 0xC000;
  private static final byte[] NOTHING = new byte[0];
  private static final int MOST_UNRECOGNIZED = 256;

  /** Our own, without a cookie. */
  static InitChunk ours(int tag, int initialTsn, SctpOptions options) {
    return new InitChunk(tag, options.receiveWindow(), options.maxStreams(), options.maxStreams(), initialTsn,
      true, true, null, NOTHING);
  }

  InitChunk with(byte[] stateCookie, byte[] reported) {
    return new InitChunk(tag, window, outbound, inbound, initialTsn, forwardTsn, reconfiguration, stateCookie,
      reported);
  }

  /** Reads the chunk's value. Fails with a {@link Violation} when a mandatory field is wrong. */
  static InitChunk read(PacketReader chunk) {
    chunk.require(FIXED);
    byte[] bytes = chunk.packet();
    int at = chunk.body();
    int outbound = Wire.uint16(bytes, at + 8);
    int inbound = Wire.uint16(bytes, at + 10);
    if (outbound == 0 || inbound == 0) {
      throw new Violation(ErrorCause.INVALID_MANDATORY_PARAMETER, "INIT with zero streams");
    }
    Read read = new Read();
    Parameters parameters = new Parameters(bytes, at + FIXED, at + chunk.length());
    while (parameters.next() && read.take(parameters)) {
      // Each parameter is taken in the condition; one that is unknown may end the reading.
    }
    return new InitChunk(Wire.int32(bytes, at), Wire.uint32(bytes, at + 4), outbound, inbound,
      Wire.int32(bytes, at + 12), read.forwardTsn, read.reconfiguration, read.cookie, read.unrecognized.toByteArray());
  }

  /** What the parameters said so far. */
  private static final class Read {
    private boolean forwardTsn;
    private boolean reconfiguration;
    private byte[] cookie;
    private final ByteArrayOutputStream unrecognized = new ByteArrayOutputStream(0);

    private boolean take(Parameters parameters) {
      switch (parameters.type()) {
        case STATE_COOKIE -> cookie = parameters.value();
        case FORWARD_TSN_SUPPORTED -> forwardTsn = true;
        case SUPPORTED_EXTENSIONS -> {
          forwardTsn |= contains(parameters.value(), ChunkType.FORWARD_TSN);
          reconfiguration |= contains(parameters.value(), ChunkType.RE_CONFIG);
        }
        default -> {
          return isHarmless(parameters.type()) || takeUnknown(parameters);
        }
      }
      return true;
    }

    /** Notes an unknown parameter if its second bit asks for it; its first bit says whether to read on. */
    private boolean takeUnknown(Parameters parameters) {
      if ((parameters.type() & 0x4000) != 0 && unrecognized.size() + parameters.length() < MOST_UNRECOGNIZED) {
        unrecognized.writeBytes(parameters.whole());
      }
      return (parameters.type() & 0x8000) != 0;
    }
  }

  /** Addresses, cookie preservative, host names and the like (5 to 12, but no cookie) mean nothing over DTLS. */
  private static boolean isHarmless(int type) {
    return type >= 5 && type <= 12;
  }

  private static boolean contains(byte[] types, int type) {
    for (byte each : types) {
      if ((each & 0xFF) == type) {
        return true;
      }
    }
    return false;
  }

  /** Appends this as a chunk of the given type. */
  void write(PacketWriter writer, int type) {
    int chunk = writer.begin(type, 0);
    writer.int32(tag);
    writer.int32((int) window);
    writer.uint16(outbound);
    writer.uint16(inbound);
    writer.int32(initialTsn);
    parameter(writer, FORWARD_TSN_SUPPORTED, NOTHING);
    parameter(writer, SUPPORTED_EXTENSIONS, new byte[] {(byte) ChunkType.RE_CONFIG, (byte) ChunkType.FORWARD_TSN});
    if (cookie != null) {
      parameter(writer, STATE_COOKIE, cookie);
    }
    if (unrecognized.length > 0) {
      parameter(writer, UNRECOGNIZED, unrecognized);
    }
    writer.end(chunk);
  }

  private static void parameter(PacketWriter writer, int type, byte[] value) {
    int at = writer.position();
    writer.uint16(type);
    writer.uint16(0);
    writer.bytes(value, 0, value.length);
    writer.end(at);
  }
}
