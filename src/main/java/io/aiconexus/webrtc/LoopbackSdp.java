package io.aiconexus.webrtc;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What one end of a loopback connection says about itself, written as a browser would.
 *
 * @param session the number of the session
 * @param fingerprint what stands for its certificate
 * @param ufrag the ICE user name fragment of this generation
 * @param password the ICE password of this generation
 */
record LoopbackSdp(long session, String fingerprint, String ufrag, String password) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int FINGERPRINT_BYTES = 32;
  private static final int UFRAG_BYTES = 6;
  private static final int PASSWORD_BYTES = 12;

  /** A new session under a fingerprint of its own. */
  static LoopbackSdp make() {
    String fingerprint = HexFormat.ofDelimiter(":").formatHex(random(FINGERPRINT_BYTES)).toUpperCase(Locale.ROOT);
    return new LoopbackSdp(RANDOM.nextLong() >>> 1, fingerprint, null, null).renewed();
  }

  /** The same session with new ICE credentials. */
  LoopbackSdp renewed() {
    return new LoopbackSdp(session, fingerprint, HexFormat.of().formatHex(random(UFRAG_BYTES)),
      HexFormat.of().formatHex(random(PASSWORD_BYTES)));
  }

  String text(int version, String setup) {
    return String.join("\r\n", "v=0", "o=- " + session + " " + version + " IN IP4 127.0.0.1", "s=-", "t=0 0",
      "a=group:BUNDLE 0", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 0.0.0.0",
      "a=ice-ufrag:" + ufrag, "a=ice-pwd:" + password, "a=ice-options:trickle",
      "a=fingerprint:sha-256 " + fingerprint, "a=setup:" + setup, "a=mid:0", "a=sctp-port:5000",
      "a=max-message-size:" + SdpLines.MAX_MESSAGE, "");
  }

  IceCandidate candidate() {
    return new IceCandidate("candidate:1 1 udp 2130706431 127.0.0.1 9 typ host ufrag " + ufrag, "0", 0, ufrag);
  }

  IceCandidate end() {
    return new IceCandidate("", "0", 0, ufrag);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
