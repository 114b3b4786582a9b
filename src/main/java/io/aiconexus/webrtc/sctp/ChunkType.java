package io.aiconexus.webrtc.sctp;

/**
 * The chunk types of RFC 9260 section 3.2, RFC 3758 and RFC 6525; plain numbers, because they are switched on per
 * chunk.
 */
final class ChunkType {

  static final int DATA = 0;
  static final int INIT = 1;
  static final int INIT_ACK = 2;
  static final int SACK = 3;
  static final int HEARTBEAT = 4;
  static final int HEARTBEAT_ACK = 5;
  static final int ABORT = 6;
  static final int SHUTDOWN = 7;
  static final int SHUTDOWN_ACK = 8;
  static final int ERROR = 9;
  static final int COOKIE_ECHO = 10;
  static final int COOKIE_ACK = 11;
  static final int SHUTDOWN_COMPLETE = 14;
  static final int RE_CONFIG = 130;
  static final int FORWARD_TSN = 192;

  /** Every chunk begins with type, flags and length. */
  static final int HEADER = 4;
  /** A DATA chunk without its payload. */
  static final int DATA_HEADER = 16;

  static final int FLAG_END = 1;
  static final int FLAG_BEGIN = 2;
  static final int FLAG_UNORDERED = 4;
  /** The sender asks for a SACK at once (RFC 7053). */
  static final int FLAG_IMMEDIATE = 8;
  /** In ABORT and SHUTDOWN COMPLETE: the verification tag is the receiver's own, reflected. */
  static final int FLAG_REFLECTED_TAG = 1;

  private ChunkType() {
  }

  /** The highest bit of an unknown type says whether the rest of the packet is still to be read. */
  static boolean unknownIsSkipped(int type) {
    return (type & 0x80) != 0;
  }

  /** The second bit says whether the sender wants to hear that we did not know it. */
  static boolean unknownIsReported(int type) {
    return (type & 0x40) != 0;
  }
}
