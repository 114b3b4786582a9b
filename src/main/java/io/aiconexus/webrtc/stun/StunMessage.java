package io.aiconexus.webrtc.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A received STUN message whose form has been checked (RFC 8489).
 * <p>
 * A view of the datagram's bytes: it is good for as long as they are, and costs nothing to hold. Of an attribute that
 * occurs twice the first one counts, and attributes behind MESSAGE-INTEGRITY do not count at all.
 */
public final class StunMessage {
  private final ByteBuffer bytes;
  private final StunForm form;

  private StunMessage(ByteBuffer bytes, StunForm form) {
    this.bytes = bytes;
    this.form = form;
  }

  /**
   * Checks and wraps a datagram.
   *
   * @param datagram from its position to its limit, in network byte order; not changed
   * @throws StunException naming the rule that is broken, a wrong FINGERPRINT included
   */
  public static StunMessage parse(ByteBuffer datagram) throws StunException {
    ByteBuffer bytes = datagram.slice();
    return new StunMessage(bytes, StunForm.of(bytes));
  }

  /** Request, indication, success or error. */
  public StunClass messageClass() {
    return StunClass.of(bytes.getShort(0));
  }

  /** One of {@link StunMethod}, or a number unknown to it. */
  public int method() {
    return StunMethod.of(bytes.getShort(0));
  }

  /** What ties a response to its request. */
  public TransactionId transactionId() {
    return TransactionId.at(bytes, 8);
  }

  /** Tells whether an attribute is there. */
  public boolean has(int type) {
    return find(type) >= 0;
  }

  /** The value of an attribute as a read-only view without its padding, or null. */
  public ByteBuffer attribute(int type) {
    int at = find(type);
    return at < 0 ? null : bytes.slice(at + 4, lengthAt(at)).asReadOnlyBuffer();
  }

  /** The text of an attribute such as USERNAME, REALM, NONCE or SOFTWARE, or null. */
  public String text(int type) {
    ByteBuffer value = attribute(type);
    return value == null ? null : StandardCharsets.UTF_8.decode(value).toString();
  }

  /** The number in an attribute of 4 or 8 bytes such as PRIORITY (unsigned) or ICE-CONTROLLING, if it is there. */
  public OptionalLong number(int type) {
    ByteBuffer value = attribute(type);
    if (value == null) {
      return OptionalLong.empty();
    }
    return switch (value.remaining()) {
      case 4 -> OptionalLong.of(value.getInt() & 0xffff_ffffL);
      case 8 -> OptionalLong.of(value.getLong());
      default -> OptionalLong.empty();
    };
  }

  /**
   * The address in XOR-MAPPED-ADDRESS, XOR-PEER-ADDRESS or XOR-RELAYED-ADDRESS, or null.
   *
   * @param type one of these three; others have no address in this form, and give null
   */
  public InetSocketAddress xorAddress(int type) {
    boolean carriesOne = type == StunAttribute.XOR_MAPPED_ADDRESS || type == StunAttribute.XOR_PEER_ADDRESS
      || type == StunAttribute.XOR_RELAYED_ADDRESS;
    int at = carriesOne ? find(type) : -1;
    return at < 0 ? null : StunAddress.read(bytes, at + 4, lengthAt(at), true);
  }

  /** Where the sender saw us: XOR-MAPPED-ADDRESS, or MAPPED-ADDRESS of an old server, or null. */
  public InetSocketAddress mappedAddress() {
    InetSocketAddress mapped = xorAddress(StunAttribute.XOR_MAPPED_ADDRESS);
    int at = mapped == null ? find(StunAttribute.MAPPED_ADDRESS) : -1;
    return at < 0 ? mapped : StunAddress.read(bytes, at + 4, lengthAt(at), false);
  }

  /** What ERROR-CODE says, or null. */
  public StunError error() {
    ByteBuffer value = attribute(StunAttribute.ERROR_CODE);
    if (value == null) {
      return null;
    }
    int code = (value.get(2) & 7) * 100 + value.get(3);
    return new StunError(code, StandardCharsets.UTF_8.decode(value.position(4)).toString());
  }

  /** The types that had to be understood and are not; with any, a request deserves 420 and a response no attention. */
  public int[] unknownRequired() {
    int[] unknown = new int[StunForm.MAX_ATTRIBUTES];
    int count = 0;
    for (int at = StunDemux.HEADER; at < form.end; at = after(at)) {
      if (!StunAttribute.isKnown(typeAt(at))) {
        unknown[count++] = typeAt(at);
      }
    }
    return Arrays.copyOf(unknown, count);
  }

  /** Tells whether MESSAGE-INTEGRITY is there and was made with this key; compares in constant time. */
  public boolean isFrom(StunKey key) {
    if (form.integrity < 0) {
      return false;
    }
    byte[] received = new byte[StunKey.HMAC_LENGTH];
    bytes.get(form.integrity + 4, received);
    int length = form.integrity + 4 + StunKey.HMAC_LENGTH - StunDemux.HEADER;
    return MessageDigest.isEqual(received, key.hmac(bytes.duplicate().limit(form.integrity), length));
  }

  private int find(int type) {
    for (int at = StunDemux.HEADER; at < form.end; at = after(at)) {
      if (typeAt(at) == type) {
        return at;
      }
    }
    return -1;
  }

  private int after(int at) {
    return at + 4 + (lengthAt(at) + 3 & ~3);
  }

  private int typeAt(int at) {
    return bytes.getShort(at) & 0xffff;
  }

  private int lengthAt(int at) {
    return bytes.getShort(at + 2) & 0xffff;
  }
}
