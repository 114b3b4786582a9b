package io.aiconexus.webrtc.sctp;

import java.time.Duration;

/**
 * How hard a message is tried, and whether it waits for those before it on its stream (RFC 3758, RFC 8831 section 6.1).
 *
 * @param ordered        whether the receiver gets it in the order of sending
 * @param maxRetransmits how often a lost part is sent again before the message is given up, or {@link #UNLIMITED}
 * @param lifetimeNanos  how long after {@code send} it is still worth (re)sending, or {@link #UNLIMITED}
 */
public record Delivery(boolean ordered, int maxRetransmits, long lifetimeNanos) {

  /** No limit on retransmissions or lifetime. */
  public static final int UNLIMITED = -1;

  /** Every message arrives, in order: the default of a data channel. */
  public static final Delivery RELIABLE = new Delivery(true, UNLIMITED, UNLIMITED);

  /** Every message arrives, each as soon as it can. */
  public static final Delivery UNORDERED = new Delivery(false, UNLIMITED, UNLIMITED);

  /** Checks that at most one limit is set, as W3C {@code RTCDataChannelInit} demands. */
  public Delivery {
    if (maxRetransmits < UNLIMITED) {
      throw new IllegalArgumentException("maxRetransmits must be -1 or more, was " + maxRetransmits);
    }
    if (lifetimeNanos < UNLIMITED) {
      throw new IllegalArgumentException("lifetimeNanos must be -1 or more, was " + lifetimeNanos);
    }
    if (maxRetransmits != UNLIMITED && lifetimeNanos != UNLIMITED) {
      throw new IllegalArgumentException("maxRetransmits and lifetime exclude each other");
    }
  }

  /** Gives a message up after {@code retransmits} retransmissions of one of its parts. */
  public static Delivery maxRetransmits(boolean ordered, int retransmits) {
    return new Delivery(ordered, retransmits, UNLIMITED);
  }

  /** Gives a message up once it is older than {@code lifetime}. */
  public static Delivery lifetime(boolean ordered, Duration lifetime) {
    return new Delivery(ordered, UNLIMITED, lifetime.toNanos());
  }

  /** Whether the message may be given up at all. */
  public boolean partial() {
    return maxRetransmits != UNLIMITED || lifetimeNanos != UNLIMITED;
  }
}
