package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The relayed address itself: asked for, kept, and given back (RFC 8656 sections 7 and 8). */
final class Lease {
  /** Protocol number of UDP in REQUESTED-TRANSPORT (RFC 8656 section 18.8). */
  private static final long UDP = 17L << 24;
  /** REQUESTED-ADDRESS-FAMILY for IPv6 (RFC 8656 section 18.6); old servers do not know it, so IPv4 goes without. */
  private static final long IPV6 = 2L << 24;
  /** Time before the end when a refresh is sent: "about 1 minute" (RFC 8656 section 8.1), so that repeats fit in. */
  private static final long MARGIN_SECONDS = 60;
  /** Longest lease that is believed; asking once an hour costs nothing. */
  private static final long MAX_SECONDS = 3_600;
  /** Times the address is given back over UDP; lost, the server gives it up by itself in 10 minutes. */
  private static final int RELEASE_TRANSMISSIONS = 3;

  private final Exchanges exchanges;
  private final TurnSettings settings;
  private final boolean ipv6;
  private final Runnable onAllocated;
  private final Consumer<TurnFailure> onFailed;
  private final Runnable onReleased;
  private InetSocketAddress relayed;
  private InetSocketAddress mapped;
  private long refreshAt = TurnAllocation.NEVER;

  Lease(Exchanges exchanges, TurnSettings settings, ProtocolFamily family, Runnable onAllocated,
      Consumer<TurnFailure> onFailed, Runnable onReleased) {
    this.exchanges = exchanges;
    this.settings = settings;
    this.ipv6 = family == StandardProtocolFamily.INET6;
    this.onAllocated = onAllocated;
    this.onFailed = onFailed;
    this.onReleased = onReleased;
  }

  void allocate() {
    exchanges.start(new Request(StunMethod.ALLOCATE, settings.allocateTransmissions(), this::describe,
      new Request.Answer() {
        @Override
        public void onSuccess(StunMessage response, long now) {
          allocated(response, now);
        }

        @Override
        public void onError(StunError error, StunMessage response, long now) {
          onFailed.accept(TurnFailure.ofAllocate(error, alternate(response)));
        }
      }));
  }

  private void describe(StunBuilder request) {
    request.number32(StunAttribute.REQUESTED_TRANSPORT, UDP);
    if (ipv6) {
      request.number32(StunAttribute.REQUESTED_ADDRESS_FAMILY, IPV6);
    }
  }

  private void allocated(StunMessage response, long now) {
    InetSocketAddress given = response.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS);
    InetSocketAddress seen = response.mappedAddress();
    long seconds = response.number(StunAttribute.LIFETIME).orElse(0);
    if (given == null || seen == null || seconds == 0 || !isUsable(given)) {
      onFailed.accept(TurnFailure.of(TurnFailure.Reason.TURN_REFUSED,
        "the TURN server allocated without a usable relayed address, mapped address or lifetime"));
      return;
    }
    relayed = given;
    mapped = seen;
    extend(seconds, now);
    onAllocated.run();
  }

  private boolean isUsable(InetSocketAddress given) {
    InetAddress address = given.getAddress();
    return given.getPort() != 0 && !address.isAnyLocalAddress() && !address.isMulticastAddress()
      && address instanceof Inet6Address == ipv6;
  }

  private void extend(long seconds, long now) {
    long lifetime = Math.min(seconds, MAX_SECONDS);
    long wait = Math.max(lifetime - MARGIN_SECONDS, lifetime / 2);
    refreshAt = now + TimeUnit.SECONDS.toNanos(wait);
  }

  /** ALTERNATE-SERVER is not XORed (RFC 8489 section 14.15), and its form has been checked. */
  private static InetSocketAddress alternate(StunMessage response) {
    ByteBuffer value = response.attribute(StunAttribute.ALTERNATE_SERVER);
    if (value == null) {
      return null;
    }
    byte[] address = new byte[value.remaining() - 4];
    value.get(4, address);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), value.getShort(2) & 0xffff);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are always an address", e);
    }
  }

  void onTimer(long now) {
    if (refreshAt <= now) {
      refreshAt = TurnAllocation.NEVER;
      exchanges.start(new Request(StunMethod.REFRESH, settings.transmissions(), request -> { }, new Request.Answer() {
        @Override
        public void onSuccess(StunMessage response, long later) {
          refreshed(response.number(StunAttribute.LIFETIME).orElse(0), later);
        }

        @Override
        public void onError(StunError error, StunMessage response, long later) {
          onFailed.accept(TurnFailure.ofAllocated(error));
        }
      }));
    }
  }

  private void refreshed(long seconds, long now) {
    if (seconds == 0) {
      onFailed.accept(TurnFailure.of(TurnFailure.Reason.TURN_LOST, "the TURN server ended the allocation"));
    } else {
      extend(seconds, now);
    }
  }

  /** Gives the address back; an error means that there is nothing to give back any more. */
  void release() {
    int transmissions = Math.min(settings.transmissions(), RELEASE_TRANSMISSIONS);
    exchanges.start(new Request(StunMethod.REFRESH, transmissions,
      request -> request.number32(StunAttribute.LIFETIME, 0), new Request.Answer() {
        @Override
        public void onSuccess(StunMessage response, long now) {
          onReleased.run();
        }

        @Override
        public void onError(StunError error, StunMessage response, long now) {
          onReleased.run();
        }
      }));
  }

  InetSocketAddress relayed() {
    return relayed;
  }

  InetSocketAddress mapped() {
    return mapped;
  }

  long refreshAt() {
    return refreshAt;
  }
}
