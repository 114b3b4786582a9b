package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunKey;
import io.aiconexus.webrtc.stun.StunMessage;
import java.nio.ByteBuffer;

/** The long-term credential as the server's last challenge wants it (RFC 8489 section 9.2). */
final class Authentication {
  private final TurnCredentials credentials;
  private byte[] realm = {};
  private byte[] nonce;
  private StunKey key;

  /** {@code credentials} may be null: then a server that wants some cannot be used. */
  Authentication(TurnCredentials credentials) {
    this.credentials = credentials;
  }

  /** The key that answers have to be made with; null as long as the server has not asked who we are. */
  StunKey key() {
    return key;
  }

  /** Takes realm and nonce from a response with 401 or 438; false when there is nothing to answer it with. */
  boolean takeChallenge(StunMessage response) {
    ByteBuffer newNonce = response.attribute(StunAttribute.NONCE);
    String realmText = response.text(StunAttribute.REALM);
    if (credentials == null || newNonce == null || realmText == null && key == null) {
      return false;
    }
    nonce = bytes(newNonce);
    if (realmText != null) {
      realm = bytes(response.attribute(StunAttribute.REALM));
      key = StunKey.longTerm(credentials.username(), realmText, credentials.password());
    }
    return true;
  }

  /** Ends a request, signed if the server has asked for it. */
  byte[] seal(StunBuilder request) {
    if (key == null) {
      return request.build();
    }
    return request.text(StunAttribute.USERNAME, credentials.username())
      .bytes(StunAttribute.REALM, realm)
      .bytes(StunAttribute.NONCE, nonce)
      .sign(key);
  }

  private static byte[] bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    return bytes;
  }
}
