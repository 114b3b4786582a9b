package io.aiconexus.signaling;

import java.util.List;

/** Whose connection it is, when proxies stand in between. Pure. */
final class ClientAddress {

  private final List<AddressBlock> trusted;

  ClientAddress(List<String> trustedProxies) {
    this.trusted = trustedProxies.stream().map(AddressBlock::parse).toList();
  }

  /**
   * The nearest address that is not a trusted proxy's. {@code X-Forwarded-For} is read from the right, since everything
   * left of the first stranger is what that stranger wrote.
   *
   * @param peer the other end of the TCP connection
   * @param forwardedFor the values of all {@code X-Forwarded-For} headers, in order
   */
  String of(String peer, List<String> forwardedFor) {
    if (!isTrusted(peer)) {
      return peer;
    }
    String[] hops = String.join(",", forwardedFor).split(",");
    String nearest = peer;
    for (int i = hops.length - 1; i >= 0 && isTrusted(nearest); i--) {
      String hop = hops[i].strip();
      if (AddressBlock.bytes(hop) == null) {
        return nearest;
      }
      nearest = hop;
    }
    return nearest;
  }

  private boolean isTrusted(String address) {
    return trusted.stream().anyMatch(block -> block.contains(address));
  }
}
