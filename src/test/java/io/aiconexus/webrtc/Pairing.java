package io.aiconexus.webrtc;

import io.aiconexus.webrtc.foreign.Stack;

/** Our engine in Java and a stack of others, and which of them offers. */
record Pairing(Stack stack, boolean weOffer) {

  @Override
  public String toString() {
    return weOffer ? "jvm offers to " + stack : stack + " offers to jvm";
  }
}
