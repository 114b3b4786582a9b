package io.aiconexus.webrtc.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a STUN message attribute by attribute (RFC 8489 section 14); {@link #sign} or {@link #build} ends it.
 * <p>
 * Values go in as given: their limits are the caller's, who knows where they come from. A message that does not fit
 * 65,535 bytes fails with {@link IllegalArgumentException}.
 */
public final class StunBuilder {
  private static final int FIRST_SIZE = 160;
  private static final int MAX_LENGTH = 0xffff;

  private ByteBuffer out = ByteBuffer.allocate(FIRST_SIZE);

  private StunBuilder(StunClass messageClass, int method, TransactionId id) {
    if (method < 0 || method > StunMethod.MAX) {
      throw new IllegalArgumentException("a method has 12 bits, was " + method);
    }
    out.putShort((short) (messageClass.bits() | StunMethod.bits(method))).putShort((short) 0)
      .putInt(StunDemux.COOKIE).putLong(id.head()).putInt(id.tail());
  }

  /** Begins a request. */
  public static StunBuilder request(int method, TransactionId id) {
    return new StunBuilder(StunClass.REQUEST, method, id);
  }

  /** Begins an indication. */
  public static StunBuilder indication(int method, TransactionId id) {
    return new StunBuilder(StunClass.INDICATION, method, id);
  }

  /** Begins the success response to a request. */
  public static StunBuilder success(StunMessage request) {
    return new StunBuilder(StunClass.SUCCESS, request.method(), request.transactionId());
  }

  /** Begins the error response to a request, ERROR-CODE included; {@code code} is from 300 to 699. */
  public static StunBuilder error(StunMessage request, int code, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] value = ByteBuffer.allocate(4 + text.length).putInt(code / 100 << 8 | code % 100).put(text).array();
    return new StunBuilder(StunClass.ERROR, request.method(), request.transactionId())
      .bytes(StunAttribute.ERROR_CODE, value);
  }

  /** Adds an attribute of any type, padded with zeros. */
  public StunBuilder bytes(int type, byte[] value) {
    int padded = value.length + 3 & ~3;
    makeRoom(4 + padded);
    out.putShort((short) type).putShort((short) value.length).put(value);
    out.position(out.position() + padded - value.length);
    return this;
  }

  /** Adds an attribute with text in UTF-8. */
  public StunBuilder text(int type, String value) {
    return bytes(type, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds an attribute with a number of 32 bits, such as PRIORITY. */
  public StunBuilder number32(int type, long value) {
    makeRoom(8);
    out.putShort((short) type).putShort((short) 4).putInt((int) value);
    return this;
  }

  /** Adds an attribute with a number of 64 bits, such as ICE-CONTROLLING. */
  public StunBuilder number64(int type, long value) {
    makeRoom(12);
    out.putShort((short) type).putShort((short) 8).putLong(value);
    return this;
  }

  /** Adds an attribute that says all by being there, such as USE-CANDIDATE. */
  public StunBuilder flag(int type) {
    return bytes(type, new byte[0]);
  }

  /** Adds an XORed address, such as XOR-MAPPED-ADDRESS; {@code address} must be resolved. */
  public StunBuilder xorAddress(int type, InetSocketAddress address) {
    return bytes(type, StunAddress.value(out, address));
  }

  /** Adds UNKNOWN-ATTRIBUTES, as error 420 needs it. */
  public StunBuilder unknownAttributes(int... types) {
    ByteBuffer list = ByteBuffer.allocate(2 * types.length);
    for (int type : types) {
      list.putShort((short) type);
    }
    return bytes(StunAttribute.UNKNOWN_ATTRIBUTES, list.array());
  }

  /** Ends the message with MESSAGE-INTEGRITY and FINGERPRINT. */
  public byte[] sign(StunKey key) {
    int length = out.position() + 4 + StunKey.HMAC_LENGTH - StunDemux.HEADER;
    return bytes(StunAttribute.MESSAGE_INTEGRITY, key.hmac(out.duplicate().flip(), length)).build();
  }

  /** Ends the message with FINGERPRINT alone: nobody can tell who wrote it. */
  public byte[] build() {
    makeRoom(8);
    int at = out.position();
    out.putShort(2, (short) (at + 8 - StunDemux.HEADER));
    number32(StunAttribute.FINGERPRINT, StunForm.fingerprint(out, at));
    byte[] message = new byte[out.position()];
    out.get(0, message);
    return message;
  }

  private void makeRoom(int more) {
    int needed = out.position() + more;
    if (needed - StunDemux.HEADER > MAX_LENGTH) {
      throw new IllegalArgumentException("a message has at most 65535 bytes of attributes");
    }
    if (needed > out.capacity()) {
      out = ByteBuffer.allocate(Math.max(needed, 2 * out.capacity())).put(out.flip());
    }
  }
}
