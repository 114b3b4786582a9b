package io.aiconexus.webrtc.stun;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** The messages of RFC 5769, and what they were made with. */
final class Rfc5769 {
  static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";
  static final String LONG_TERM_USER = "\u30de\u30c8\u30ea\u30c3\u30af\u30b9";

  /** Section 2.1. */
  static final byte[] REQUEST = bytes("000100582112a442b7e7a701bc34d686fa87dfae"
    + "802200105354554e207465737420636c69656e74" + "002400046e0001ff" + "80290008932ff9b151263b36"
    + "000600096576746a3a68367659202020" + "000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2" + "80280004e57a3bcf");
  /** Section 2.2. */
  static final byte[] IPV4_RESPONSE = bytes("0101003c2112a442b7e7a701bc34d686fa87dfae"
    + "8022000b7465737420766563746f7220" + "002000080001a147e112a643"
    + "000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7" + "80280004c07d4c96");
  /** Section 2.3. */
  static final byte[] IPV6_RESPONSE = bytes("010100482112a442b7e7a701bc34d686fa87dfae"
    + "8022000b7465737420766563746f7220" + "002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9"
    + "00080014a382954e4be67bf11784c97c8292c275bfe3ed41" + "80280004c8fb0b4c");
  /** Section 2.4. */
  static final byte[] LONG_TERM_REQUEST = bytes("000100602112a44278ad3433c6ad72c029da412e"
    + "00060012e3839ee38388e383aae38383e382afe382b90000"
    + "0015001c662f2f3439396b3935346436" + "4f4c33346f4c394653547679363473" + "41"
    + "0014000b6578616d706c652e6f726700" + "00080014f67024656dd64a3e02b8e0712e85c9a28ca89666");

  private Rfc5769() {
  }

  static ByteBuffer buffer(byte[] message) {
    return ByteBuffer.wrap(message.clone());
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
