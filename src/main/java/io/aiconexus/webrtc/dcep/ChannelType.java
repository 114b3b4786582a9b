package io.aiconexus.webrtc.dcep;

import io.aiconexus.webrtc.sctp.Delivery;
import java.util.Optional;

/** How a data channel delivers (RFC 8832 section 5.1); the reliability parameter says how often or how long. */
public enum ChannelType {
  /** Everything, in order. */
  RELIABLE(0x00),
  /** Everything, in any order. */
  RELIABLE_UNORDERED(0x80),
  /** In order; the parameter limits retransmissions. */
  REXMIT(0x01),
  /** In any order; the parameter limits retransmissions. */
  REXMIT_UNORDERED(0x81),
  /** In order; the parameter limits the lifetime in milliseconds. */
  TIMED(0x02),
  /** In any order; the parameter limits the lifetime in milliseconds. */
  TIMED_UNORDERED(0x82);

  private static final int UNORDERED = 0x80;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final int value;

  ChannelType(int value) {
    this.value = value;
  }

  /** The type with this number, or nothing. */
  public static Optional<ChannelType> of(int value) {
    for (ChannelType type : values()) {
      if (type.value == value) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The type that says what a delivery does. */
  public static ChannelType of(Delivery delivery) {
    boolean ordered = delivery.ordered();
    if (delivery.maxRetransmits() != Delivery.UNLIMITED) {
      return ordered ? REXMIT : REXMIT_UNORDERED;
    }
    if (delivery.lifetimeNanos() != Delivery.UNLIMITED) {
      return ordered ? TIMED : TIMED_UNORDERED;
    }
    return ordered ? RELIABLE : RELIABLE_UNORDERED;
  }

  /** The reliability parameter, 0 to 2^32 - 1, that says what a delivery does. */
  public static long parameterOf(Delivery delivery) {
    if (delivery.maxRetransmits() != Delivery.UNLIMITED) {
      return delivery.maxRetransmits();
    }
    return delivery.lifetimeNanos() == Delivery.UNLIMITED ? 0
      : Math.min(0xFFFF_FFFFL, delivery.lifetimeNanos() / NANOS_PER_MILLI);
  }

  /** The number on the wire. */
  public int value() {
    return value;
  }

  /** Whether messages keep their order. */
  public boolean ordered() {
    return (value & UNORDERED) == 0;
  }

  /** The delivery that this type and a parameter of 0 to 2^32 - 1 mean. */
  public Delivery delivery(long parameter) {
    return switch (this) {
      case RELIABLE, RELIABLE_UNORDERED -> ordered() ? Delivery.RELIABLE : Delivery.UNORDERED;
      case REXMIT, REXMIT_UNORDERED ->
        new Delivery(ordered(), (int) Math.min(Integer.MAX_VALUE, parameter), Delivery.UNLIMITED);
      case TIMED, TIMED_UNORDERED -> new Delivery(ordered(), Delivery.UNLIMITED, parameter * NANOS_PER_MILLI);
    };
  }
}
