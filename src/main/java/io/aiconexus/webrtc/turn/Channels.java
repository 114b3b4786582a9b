package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Channel numbers of peers (RFC 8656 section 12): one peer at a time is kept bound, the one bound last.
 * <p>
 * The others run out, and their numbers rest until no server can remember them.
 */
final class Channels {
  /** Time between refreshes: a binding lives 10 minutes (RFC 8656 section 12). */
  static final long REFRESH_NANOS = 480_000_000_000L;
  /** From binding to when a number may mean another peer: 10 minutes and 5 more (RFC 8656 section 12). */
  private static final long REST_NANOS = 900_000_000_000L;

  private static final class Channel {
    final int number;
    final InetSocketAddress peer;
    boolean bound;
    boolean asking;
    long refreshAt = TurnAllocation.NEVER;
    long forgetAt = TurnAllocation.NEVER;

    Channel(int number, InetSocketAddress peer) {
      this.number = number;
      this.peer = peer;
    }
  }

  private final Exchanges exchanges;
  private final TurnSettings settings;
  private final Consumer<StunError> onLost;
  private final Map<InetSocketAddress, Channel> byPeer = new HashMap<>();
  private final Map<Integer, Channel> byNumber = new HashMap<>();
  private Channel current;
  private int nextNumber = ChannelData.FIRST_NUMBER;

  Channels(Exchanges exchanges, TurnSettings settings, Consumer<StunError> onLost) {
    this.exchanges = exchanges;
    this.settings = settings;
    this.onLost = onLost;
  }

  /** Binds a peer, and keeps it bound until another one is; without room nothing happens, and indications go on. */
  void bind(InetSocketAddress peer) {
    current = byPeer.get(peer);
    if (current == null && byPeer.size() < settings.maxChannels()) {
      current = new Channel(freeNumber(), peer);
      byPeer.put(peer, current);
      byNumber.put(current.number, current);
    }
    if (current != null && !current.bound && !current.asking) {
      ask(current);
    }
  }

  private int freeNumber() {
    int number;
    do {
      number = nextNumber;
      nextNumber = number == ChannelData.LAST_NUMBER ? ChannelData.FIRST_NUMBER : number + 1;
    } while (byNumber.containsKey(number));
    return number;
  }

  private void ask(Channel channel) {
    channel.asking = true;
    channel.refreshAt = TurnAllocation.NEVER;
    channel.forgetAt = TurnAllocation.NEVER;
    exchanges.start(new Request(StunMethod.CHANNEL_BIND, settings.transmissions(), request ->
      request.number32(StunAttribute.CHANNEL_NUMBER, (long) channel.number << 16)
        .xorAddress(StunAttribute.XOR_PEER_ADDRESS, channel.peer), new Request.Answer() {
          @Override
          public void onSuccess(StunMessage response, long now) {
            answered(channel, true, now);
          }

          @Override
          public void onError(StunError error, StunMessage response, long now) {
            answered(channel, false, now);
            if (TurnFailure.endsAllocation(error.code())) {
              onLost.accept(error);
            }
          }
        }));
  }

  private static void answered(Channel channel, boolean bound, long now) {
    channel.asking = false;
    channel.bound = bound;
    channel.refreshAt = bound ? now + REFRESH_NANOS : TurnAllocation.NEVER;
    channel.forgetAt = now + REST_NANOS;
  }

  /** The number to send to a peer with, or 0. */
  int numberOf(InetSocketAddress peer) {
    Channel channel = current != null && current.peer.equals(peer) ? current : byPeer.get(peer);
    return channel != null && channel.bound ? channel.number : 0;
  }

  /** Whom a number stands for, or null. */
  InetSocketAddress peerOf(int number) {
    Channel channel = byNumber.get(number);
    return channel == null ? null : channel.peer;
  }

  void onTimer(long now) {
    Channel refreshed = null;
    for (Channel channel : byPeer.values()) {
      if (channel.refreshAt <= now && channel == current) {
        refreshed = channel;
      } else if (channel.refreshAt <= now) {
        channel.bound = false;
        channel.refreshAt = TurnAllocation.NEVER;
      }
    }
    byPeer.values().removeIf(channel -> channel.forgetAt <= now && channel != current);
    byNumber.values().removeIf(channel -> channel.forgetAt <= now && channel != current);
    if (refreshed != null) {
      ask(refreshed);
    }
  }

  void clear() {
    byPeer.clear();
    byNumber.clear();
    current = null;
  }

  long nextDeadline() {
    long next = TurnAllocation.NEVER;
    for (Channel channel : byPeer.values()) {
      next = Math.min(next, Math.min(channel.refreshAt, channel == current ? TurnAllocation.NEVER : channel.forgetAt));
    }
    return next;
  }
}
