package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.ice.SocketHandle;
import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunClass;
import io.aiconexus.webrtc.stun.StunDemux;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunException;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;

/**
 * A relayed address on a TURN server (RFC 8656), from which datagrams are sent as from a socket.
 * <p>
 * It has no socket, no thread and no clock. Methods take the time as {@code now}: nanoseconds on a clock that only goes
 * forward, such as {@link System#nanoTime}. After every call, {@link #send} included, {@link #nextDeadline} may have
 * changed. All calls come from one thread; what it has to say it says to {@link TurnEvents}.
 * <p>
 * A permission is asked for by {@link #permit} or the first {@link #send} to an IP address, and kept while datagrams go
 * to or come from it. Datagrams travel in Send and Data indications until {@link #bind} has brought a channel.
 */
public final class TurnAllocation implements SocketHandle {
  /** The deadline of an allocation that waits for nothing. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Longest datagram that is taken, in bytes; longer ones fit no UDP packet once they are wrapped. */
  private static final int MAX_DATAGRAM = 65_400;

  private final ServerLink link;
  private final boolean stream;
  private final TurnEvents events;
  private final RandomGenerator random;
  private final Exchanges exchanges;
  private final Permissions permissions;
  private final Channels channels;
  private final Lease lease;
  private TurnState state = TurnState.NEW;
  private long lastNow;

  /** Makes an allocation that has not been asked for yet. */
  public TurnAllocation(TurnOptions options, ServerLink link, TurnEvents events, RandomGenerator random) {
    this.link = link;
    this.stream = options.transport().isStream();
    this.events = events;
    this.random = random;
    TurnSettings settings = options.settings();
    this.exchanges = new Exchanges(link, stream, settings, options.credentials(), random);
    this.permissions = new Permissions(exchanges, settings,
      (peer, code) -> events.onPeerRefused(this, peer, code), this::lost);
    this.channels = new Channels(exchanges, settings, this::lost);
    this.lease = new Lease(exchanges, settings, options.family(), this::allocated, this::fail, this::released);
  }

  /** Asks the server for a relayed address; on a stream, once it is connected. */
  public void start(long now) {
    if (state == TurnState.NEW) {
      state = TurnState.ALLOCATING;
      lease.allocate();
      settle(now);
    }
  }

  private void allocated() {
    if (state == TurnState.CLOSING) {
      lease.release();
    } else {
      state = TurnState.ALLOCATED;
      events.onAllocated(this);
    }
  }

  /**
   * Lets datagrams of a peer through: for each candidate of the peer that comes after the relayed address. Before there
   * is one nothing happens, and nothing needs to: the first check that is sent to a candidate asks as well.
   *
   * @param peer resolved; one of another family than the relayed address changes nothing
   */
  public void permit(InetAddress peer, long now) {
    if (reaches(peer)) {
      permissions.use(peer);
      settle(now);
    }
  }

  /**
   * Asks for a channel to a peer, and keeps it until another peer is bound: for the selected one, to which most data
   * goes. What is sent before the server has answered goes in indications.
   */
  public void bind(InetSocketAddress peer, long now) {
    if (reaches(peer.getAddress()) && permissions.use(peer.getAddress())) {
      channels.bind(peer);
      settle(now);
    }
  }

  /**
   * Sends one datagram from the relayed address, or drops it: when there is none, when the server refuses the peer,
   * when the peer is of the other family, and when it is longer than 65,400 bytes.
   * <p>
   * The first one to an IP address asks for its permission, and follows right behind the request.
   */
  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    if (!reaches(to.getAddress()) || datagram.length > MAX_DATAGRAM || !permissions.use(to.getAddress())) {
      return;
    }
    int channel = channels.numberOf(to);
    link.send(channel != 0 ? ChannelData.packet(channel, datagram, stream)
      : StunBuilder.indication(StunMethod.SEND, TransactionId.random(random))
        .xorAddress(StunAttribute.XOR_PEER_ADDRESS, to).bytes(StunAttribute.DATA, datagram).build());
  }

  private boolean reaches(InetAddress peer) {
    return state == TurnState.ALLOCATED && peer.getClass() == lease.relayed().getAddress().getClass();
  }

  /**
   * Takes a packet of the server: the caller has checked that it comes from the server's address, or has cut it out of
   * the stream with {@link StreamFrames}.
   *
   * @param packet from its position to its limit, in network byte order; not changed and not kept
   * @return whether it was of use; false for what is malformed, late, forged, or not TURN at all
   */
  public boolean receive(ByteBuffer packet, long now) {
    if (state.isFinal() || state == TurnState.NEW) {
      return false;
    }
    boolean used = ChannelData.is(packet) ? onChannelData(packet, now) : onStun(packet, now);
    settle(now);
    return used;
  }

  private boolean onChannelData(ByteBuffer packet, long now) {
    InetSocketAddress peer = channels.peerOf(ChannelData.number(packet));
    return peer != null && onData(peer, ChannelData.data(packet), now);
  }

  private boolean onStun(ByteBuffer packet, long now) {
    if (!StunDemux.isStun(packet)) {
      return false;
    }
    try {
      StunMessage message = StunMessage.parse(packet);
      return switch (message.messageClass()) {
        case SUCCESS, ERROR -> exchanges.receive(message, now);
        case INDICATION -> onIndication(message, now);
        case REQUEST -> false;
      };
    } catch (StunException malformed) {
      return false;
    }
  }

  private boolean onIndication(StunMessage message, long now) {
    InetSocketAddress peer = message.xorAddress(StunAttribute.XOR_PEER_ADDRESS);
    ByteBuffer data = message.attribute(StunAttribute.DATA);
    return message.method() == StunMethod.DATA && peer != null && data != null
      && message.unknownRequired().length == 0 && onData(peer, data, now);
  }

  /** The permission is checked on this side too (RFC 8656 section 11.4). */
  private boolean onData(InetSocketAddress peer, ByteBuffer data, long now) {
    if (state != TurnState.ALLOCATED || !permissions.covers(peer.getAddress())) {
      return false;
    }
    events.onData(this, peer, data, now);
    return true;
  }

  /** Does what is due; calling it too early or too late does no harm. */
  public void onTimer(long now) {
    if (state.isFinal()) {
      return;
    }
    if (exchanges.onTimer(now)) {
      onSilence();
      return;
    }
    if (state == TurnState.ALLOCATED) {
      lease.onTimer(now);
      permissions.onTimer(now);
      channels.onTimer(now);
    }
    settle(now);
  }

  private void onSilence() {
    if (state == TurnState.CLOSING) {
      released();
    } else {
      fail(TurnFailure.of(TurnFailure.Reason.TURN_UNREACHABLE, "the TURN server does not answer"));
    }
  }

  /** When {@link #onTimer} has to be called at the latest, or {@link #NEVER}; in the past it means at once. */
  public long nextDeadline() {
    if (state.isFinal()) {
      return NEVER;
    }
    long next = exchanges.nextDeadline();
    if (state == TurnState.ALLOCATED) {
      next = Math.min(Math.min(next, lease.refreshAt()), Math.min(permissions.nextDeadline(), channels.nextDeadline()));
    }
    return Math.max(next, lastNow);
  }

  /**
   * Gives the relayed address up. The socket is needed until {@link TurnEvents#onClosed}, which may be called from
   * within, and comes after 9.5 s at the latest when an address was there; a caller in a hurry can leave before.
   */
  public void close(long now) {
    if (state == TurnState.NEW) {
      released();
    } else if (state == TurnState.ALLOCATING) {
      state = TurnState.CLOSING;
    } else if (state == TurnState.ALLOCATED) {
      state = TurnState.CLOSING;
      exchanges.clear();
      lease.release();
      settle(now);
    }
  }

  private void released() {
    end(TurnState.CLOSED);
    events.onClosed(this);
  }

  private void lost(StunError error) {
    fail(TurnFailure.ofAllocated(error));
  }

  /** The connection to the server has ended or never came about, as only the owner of the socket can tell. */
  public void onLinkLost(String detail) {
    if (!state.isFinal()) {
      fail(TurnFailure.of(TurnFailure.Reason.TURN_UNREACHABLE, detail));
    }
  }

  private void fail(TurnFailure failure) {
    if (state == TurnState.CLOSING) {
      released();
    } else if (!state.isFinal()) {
      end(TurnState.FAILED);
      events.onFailed(this, failure);
    }
  }

  private void end(TurnState last) {
    state = last;
    exchanges.clear();
    permissions.clear();
    channels.clear();
  }

  /** The end of every call with a time. */
  private void settle(long now) {
    lastNow = now;
    exchanges.stamp(now);
  }

  /** How far it has come. */
  public TurnState state() {
    return state;
  }

  /** The relayed address; null until {@link TurnEvents#onAllocated}. */
  public InetSocketAddress relayed() {
    return lease.relayed();
  }

  /** Our address as the server sees it; null until {@link TurnEvents#onAllocated}. */
  public InetSocketAddress mapped() {
    return lease.mapped();
  }

  /** Tells whether datagrams to this peer go on a channel. */
  public boolean isBound(InetSocketAddress peer) {
    return channels.numberOf(peer) != 0;
  }
}
