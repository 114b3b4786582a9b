package io.aiconexus.webrtc.stun;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Looks at a datagram just closely enough to send it the right way; reads nothing twice and allocates at most a name.
 * <p>
 * None of this proves anything about who sent it: {@link StunMessage} checks the form, its keys check the sender.
 */
public final class StunDemux {
  static final int HEADER = 20;
  static final int COOKIE = 0x2112a442;

  /** The first byte is 0 to 3 (RFC 7983 section 7), which leaves room for every method there is. */
  private static final int LAST_FIRST_BYTE = 3;
  /** Longest user name fragment of RFC 8839 section 5.4, in bytes. */
  private static final int MAX_UFRAG = 256;

  private StunDemux() {
  }

  /**
   * Tells a STUN message apart from DTLS, channel data and everything else that may share a socket (RFC 7983).
   *
   * @param datagram from its position to its limit; not changed
   */
  public static boolean isStun(ByteBuffer datagram) {
    int at = datagram.position();
    int length = datagram.remaining();
    return length >= HEADER
      && (datagram.get(at) & 0xff) <= LAST_FIRST_BYTE
      && (length & 3) == 0
      && (datagram.getShort(at + 2) & 0xffff) == length - HEADER
      && datagram.getInt(at + 4) == COOKIE;
  }

  /** Tells whether a datagram for which {@link #isStun} holds is a Binding request. */
  public static boolean isBindingRequest(ByteBuffer datagram) {
    return datagram.getShort(datagram.position()) == StunMethod.BINDING;
  }

  /** The transaction of a datagram for which {@link #isStun} holds: whose request a response answers. */
  public static TransactionId transactionId(ByteBuffer datagram) {
    return TransactionId.at(datagram, datagram.position() + 8);
  }

  /**
   * The user name fragment of the agent that a connectivity check is for: USERNAME up to its colon (RFC 8445
   * section 7.2.2).
   *
   * @param datagram one for which {@link #isStun} holds; not changed
   * @return null when there is no USERNAME, no colon in it, or more than 256 bytes before it
   */
  public static String targetUfrag(ByteBuffer datagram) {
    int end = datagram.limit();
    for (int at = datagram.position() + HEADER; at + 4 <= end; ) {
      int length = datagram.getShort(at + 2) & 0xffff;
      if (length > end - at - 4) {
        return null;
      }
      if (datagram.getShort(at) == StunAttribute.USERNAME) {
        return untilColon(datagram, at + 4, length);
      }
      at += 4 + (length + 3 & ~3);
    }
    return null;
  }

  private static String untilColon(ByteBuffer bytes, int start, int length) {
    int end = start + Math.min(length, MAX_UFRAG + 1);
    for (int at = start; at < end; at++) {
      if (bytes.get(at) == ':') {
        byte[] name = new byte[at - start];
        bytes.get(start, name);
        return new String(name, StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
