package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunKey;
import io.aiconexus.webrtc.stun.StunMessage;
import java.net.InetSocketAddress;

/** A Binding request whose sender has proved to know our password, and the three answers it can get. */
record PeerRequest(StunMessage message, String remoteUfrag, SocketHandle socket, InetSocketAddress from,
    StunKey key) {

  boolean nominates() {
    return message.has(StunAttribute.USE_CANDIDATE);
  }

  /** The priority that the peer gives itself at this address, within what a candidate may have. */
  long priority() {
    return Math.max(1, message.number(StunAttribute.PRIORITY).orElse(1) & Integer.MAX_VALUE);
  }

  void accept() {
    send(StunBuilder.success(message).xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, from));
  }

  void refuseRole() {
    send(StunBuilder.error(message, StunError.ROLE_CONFLICT, "Role Conflict"));
  }

  void refuseUnknown(int[] types) {
    send(StunBuilder.error(message, StunError.UNKNOWN_ATTRIBUTE, "Unknown Attribute").unknownAttributes(types));
  }

  private void send(StunBuilder response) {
    socket.send(from, response.sign(key));
  }
}
