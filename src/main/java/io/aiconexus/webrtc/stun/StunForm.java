package io.aiconexus.webrtc.stun;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The strict check of a message's form (RFC 8489 sections 5, 6.3 and 14): what passes can be read without surprises.
 * Walks the attributes once and remembers where the two that seal a message are.
 */
final class StunForm {
  static final int FINGERPRINT_XOR = 0x5354554e;
  /** Attributes in one message; the richest ones of TURN have about a dozen. */
  static final int MAX_ATTRIBUTES = 64;

  /** Longest USERNAME in bytes: "less than 509" (RFC 8489 section 14.3), 513 before it (RFC 5389 section 15.3). */
  private static final int MAX_USERNAME = 513;
  /** Longest text of the other attributes in bytes (RFC 8489 section 14). */
  private static final int MAX_TEXT = 763;

  private final ByteBuffer bytes;
  /** Where MESSAGE-INTEGRITY begins, or -1. */
  int integrity = -1;
  /** Where the attributes end that may be read: those behind MESSAGE-INTEGRITY are not protected, so do not count. */
  int end;

  private StunForm(ByteBuffer bytes) {
    this.bytes = bytes;
    this.end = bytes.limit();
  }

  static StunForm of(ByteBuffer bytes) throws StunException {
    require(bytes.limit() >= StunDemux.HEADER, "a message has at least 20 bytes");
    require((bytes.get(0) & 0xc0) == 0, "the first two bits must be 0");
    require(bytes.getInt(4) == StunDemux.COOKIE, "the magic cookie must be 2112A442");
    int length = bytes.getShort(2) & 0xffff;
    require((length & 3) == 0, "the length must be a multiple of 4");
    require(length == bytes.limit() - StunDemux.HEADER, "the length must be that of the datagram");
    StunForm form = new StunForm(bytes);
    form.walk();
    return form;
  }

  private void walk() throws StunException {
    int count = 0;
    int at = StunDemux.HEADER;
    while (at < bytes.limit()) {
      require(++count <= MAX_ATTRIBUTES, "at most 64 attributes");
      int type = bytes.getShort(at) & 0xffff;
      int length = bytes.getShort(at + 2) & 0xffff;
      int next = at + 4 + (length + 3 & ~3);
      require(next <= bytes.limit(), "an attribute reaches beyond the end of the message");
      checkValue(type, at + 4, length);
      seal(type, at, next);
      at = next;
    }
  }

  private void seal(int type, int at, int next) throws StunException {
    if (type == StunAttribute.FINGERPRINT) {
      require(next == bytes.limit(), "FINGERPRINT must be the last attribute");
      require(bytes.getInt(at + 4) == fingerprint(bytes, at), "FINGERPRINT does not fit the message");
    }
    boolean first = end == bytes.limit();
    if (first && type == StunAttribute.MESSAGE_INTEGRITY) {
      integrity = at;
    }
    if (first && (type == StunAttribute.MESSAGE_INTEGRITY || type == StunAttribute.MESSAGE_INTEGRITY_SHA256
        || type == StunAttribute.FINGERPRINT)) {
      end = at;
    }
  }

  private void checkValue(int type, int at, int length) throws StunException {
    switch (type) {
      case StunAttribute.USERNAME -> require(length <= MAX_USERNAME, "USERNAME has at most 513 bytes");
      case StunAttribute.REALM, StunAttribute.NONCE, StunAttribute.SOFTWARE ->
        require(length <= MAX_TEXT, "REALM, NONCE and SOFTWARE have at most 763 bytes");
      case StunAttribute.MESSAGE_INTEGRITY ->
        require(length == StunKey.HMAC_LENGTH, "MESSAGE-INTEGRITY has 20 bytes");
      case StunAttribute.PRIORITY, StunAttribute.FINGERPRINT, StunAttribute.LIFETIME, StunAttribute.CHANNEL_NUMBER,
           StunAttribute.REQUESTED_TRANSPORT, StunAttribute.REQUESTED_ADDRESS_FAMILY ->
        require(length == 4, "the attribute must have 4 bytes");
      case StunAttribute.ICE_CONTROLLED, StunAttribute.ICE_CONTROLLING, StunAttribute.RESERVATION_TOKEN ->
        require(length == 8, "the attribute must have 8 bytes");
      case StunAttribute.USE_CANDIDATE, StunAttribute.DONT_FRAGMENT ->
        require(length == 0, "the attribute must be empty");
      case StunAttribute.UNKNOWN_ATTRIBUTES ->
        require((length & 1) == 0, "UNKNOWN-ATTRIBUTES is a list of 16-bit numbers");
      case StunAttribute.MAPPED_ADDRESS, StunAttribute.XOR_MAPPED_ADDRESS, StunAttribute.XOR_PEER_ADDRESS,
           StunAttribute.XOR_RELAYED_ADDRESS, StunAttribute.ALTERNATE_SERVER -> checkAddress(at, length);
      case StunAttribute.ERROR_CODE -> checkError(at, length);
      default -> { }
    }
  }

  private void checkAddress(int at, int length) throws StunException {
    require(length == 8 || length == 20, "an address attribute has 8 or 20 bytes");
    require(bytes.get(at + 1) == (length == 8 ? 1 : 2), "an address attribute has family 1 or 2, and fitting length");
  }

  private void checkError(int at, int length) throws StunException {
    require(length >= 4 && length <= 4 + MAX_TEXT, "ERROR-CODE has 4 to 767 bytes");
    int family = bytes.get(at + 2) & 7;
    require(family >= 3 && family <= 6 && (bytes.get(at + 3) & 0xff) < 100, "an error code is from 300 to 699");
  }

  static int fingerprint(ByteBuffer bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes.duplicate().position(0).limit(length));
    return (int) crc.getValue() ^ FINGERPRINT_XOR;
  }

  private static void require(boolean holds, String rule) throws StunException {
    if (!holds) {
      throw new StunException(rule);
    }
  }
}
