package io.aiconexus.flow;

import io.vertx.core.json.JsonObject;

/** Answers that no engine made: a description in which only the candidates mean anything. */
final class Answers {

  private static final String DIGEST = ":AB".repeat(32).substring(1);

  private Answers() {
  }

  /** An ANSWER's payload for that connection with those candidate lines. */
  static JsonObject with(String connectionId, String... candidates) {
    StringBuilder sdp = new StringBuilder("v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
      + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\n"
      + "a=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=ice-options:trickle\r\na=fingerprint:sha-256 " + DIGEST + "\r\n"
      + "a=setup:active\r\na=mid:0\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n");
    for (String candidate : candidates) {
      sdp.append("a=").append(candidate).append("\r\n");
    }
    sdp.append("a=end-of-candidates\r\n");
    return new JsonObject().put("connection_id", connectionId).put("sdp", sdp.toString());
  }

  static String host(String address, int port) {
    return "candidate:1 1 udp 2130706431 " + address + " " + port + " typ host";
  }
}
