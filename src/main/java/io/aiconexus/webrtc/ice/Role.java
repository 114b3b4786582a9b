package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunMessage;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/** Our role, and how it changes when the peer thinks it has the same one (RFC 8445 section 7.3.1.1). */
final class Role {
  private final RandomGenerator random;
  private IceRole current;
  private long tieBreaker;

  Role(IceRole first, RandomGenerator random) {
    this.current = first;
    this.random = random;
    this.tieBreaker = random.nextLong();
  }

  IceRole current() {
    return current;
  }

  boolean isControlling() {
    return current == IceRole.CONTROLLING;
  }

  long tieBreaker() {
    return tieBreaker;
  }

  /** The attribute that tells the peer our role. */
  int attribute() {
    return isControlling() ? StunAttribute.ICE_CONTROLLING : StunAttribute.ICE_CONTROLLED;
  }

  void become(IceRole role) {
    current = role;
  }

  /** Settles a conflict with a request: we give way, or the request has to be refused with 487. */
  boolean refuses(StunMessage request) {
    OptionalLong theirs = request.number(attribute());
    if (theirs.isEmpty()) {
      return false;
    }
    boolean weControl = Long.compareUnsigned(tieBreaker, theirs.getAsLong()) >= 0;
    if (weControl == isControlling()) {
      return true;
    }
    current = current.opposite();
    return false;
  }

  /** The peer has refused what we sent in {@code then}: take the other role, unless that has happened already. */
  void refused(IceRole then) {
    if (then == current) {
      current = current.opposite();
      tieBreaker = random.nextLong();
    }
  }
}
