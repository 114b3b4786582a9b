package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunMessage;
import java.util.function.Consumer;

/**
 * What to ask the server, in a form that can be asked again under another transaction and nonce.
 *
 * @param method of the request
 * @param transmissions times it is sent over UDP
 * @param attributes writes those that are its own
 * @param answer what to do with the answer
 */
record Request(int method, int transmissions, Consumer<StunBuilder> attributes, Answer answer) {

  /** Takes the one answer that counts. */
  interface Answer {
    void onSuccess(StunMessage response, long now);

    void onError(StunError error, StunMessage response, long now);
  }
}
