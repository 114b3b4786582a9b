package io.aiconexus.signaling;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** A block of IP addresses, such as {@code 10.0.0.0/8} or one address. Never asks DNS. */
record AddressBlock(byte[] address, int bits) {

  /** Reads a block, or gives null when {@code text} is none. */
  static AddressBlock parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int all = address.length * Byte.SIZE;
    String length = slash < 0 ? String.valueOf(all) : text.substring(slash + 1);
    boolean valid = length.matches("[0-9]{1,3}") && Integer.parseInt(length) <= all;
    return valid ? new AddressBlock(address, Integer.parseInt(length)) : null;
  }

  static boolean isValid(String text) {
    return parse(text) != null;
  }

  /** Whether {@code text} is an IP address within the block; an IPv4 address mapped into IPv6 counts as IPv4. */
  boolean contains(String text) {
    byte[] other = bytes(text);
    if (other == null || other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit & 7);
      if ((address[bit >> 3] & mask) != (other[bit >> 3] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of an address without DNS, or null when it is none; a mapped IPv4 address gives its four. */
  static byte[] bytes(String text) {
    byte[] raw = NetUtil.createByteArrayFromIpAddressString(text);
    if (raw == null) {
      return null;
    }
    try {
      return InetAddress.getByAddress(raw).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + raw.length + " bytes", e);
    }
  }
}
