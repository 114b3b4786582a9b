package io.aiconexus.cli;

import io.aiconexus.signaling.SignalingOptions;

/** The URL at which agents on this machine reach a gateway. */
final class Gateways {

  private Gateways() {
  }

  static String url(SignalingOptions options, int actualPort) {
    boolean everywhere = options.host().equals("0.0.0.0") || options.host().equals("::");
    String host = everywhere ? "127.0.0.1" : options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return (options.tls() == null ? "ws://" : "wss://") + host + ":" + actualPort + "/ws";
  }
}
