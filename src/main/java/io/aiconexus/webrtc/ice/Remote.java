package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunKey;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;

/** What one generation of the peer is addressed with: its names, its key, and whether it is a lite one. */
final class Remote {
  private final IceCredentials credentials;
  private final String username;
  private final StunKey key;
  private final boolean lite;

  Remote(IceCredentials credentials, IceCredentials local, boolean lite) {
    this.credentials = credentials;
    this.username = credentials.ufrag() + ":" + local.ufrag();
    this.key = StunKey.shortTerm(credentials.password());
    this.lite = lite;
  }

  IceCredentials credentials() {
    return credentials;
  }

  StunKey key() {
    return key;
  }

  boolean isLite() {
    return lite;
  }

  /** A Binding request as RFC 8445 section 7.1 wants it, signed. */
  byte[] check(TransactionId id, Role role, long priority, boolean nominate) {
    StunBuilder request = StunBuilder.request(StunMethod.BINDING, id)
      .text(StunAttribute.USERNAME, username)
      .number64(role.attribute(), role.tieBreaker())
      .number32(StunAttribute.PRIORITY, priority);
    if (nominate) {
      request.flag(StunAttribute.USE_CANDIDATE);
    }
    return request.sign(key);
  }
}
