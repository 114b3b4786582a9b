package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.ice.IceAgent;
import io.aiconexus.webrtc.turn.TurnAllocation;
import io.aiconexus.webrtc.turn.TurnEvents;
import io.aiconexus.webrtc.turn.TurnFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relayed addresses of one connection; on its loop.
 * <p>
 * They outlive the connection for as long as it takes to give them back: until the server has answered, or stayed
 * silent for about ten seconds.
 */
final class Relays implements TurnEvents {

  private static final Logger log = LoggerFactory.getLogger(Relays.class);
  /** Relayed addresses of one connection, so that no list of servers can use up the descriptors. */
  private static final int MOST = 8;
  private static final int MOST_PREFERRED = 65_535;

  private final LoopSockets sockets;
  private final Receiver user;
  private final IceAgent agent;
  private final Alarm goodbye;
  private final List<Relay> relays = new ArrayList<>(0);
  private IceServers.Complaints complaints;
  private Runnable settled;
  private boolean hidden;
  private boolean closed;

  /** @param user gets the data that comes through a relay, and hears of the end of each burst */
  Relays(LoopSockets sockets, Receiver user, IceAgent agent) {
    this.sockets = sockets;
    this.user = user;
    this.agent = agent;
    this.goodbye = sockets.alarm(this::onGoodbye);
  }

  /**
   * Asks each server for an address, unless there is one of it already.
   *
   * @param hide whether candidates keep back which address of ours the server saw (RFC 8828, section 5.2, mode 4)
   * @param heard who hears of servers that fail, now and later
   * @param done called once every server has answered or not
   */
  void open(List<TurnServer> servers, boolean hide, IceServers.Complaints heard, Runnable done, long now) {
    hidden = hide;
    complaints = heard;
    settled = done;
    for (TurnServer server : servers) {
      if (relays.stream().noneMatch(relay -> relay.server().isSameAs(server))) {
        open(server, now);
      }
    }
    settle();
  }

  private void open(TurnServer server, long now) {
    if (relays.size() == MOST) {
      complaints.add(server.url(), IceServers.NOT_REACHED, "a connection uses at most " + MOST + " TURN servers");
      return;
    }
    Relay relay = new Relay(server, sockets, this, this::endOfBurst);
    relays.add(relay);
    try {
      relay.open(now);
    } catch (IOException e) {
      relays.remove(relay);
      complaints.add(server.url(), IceServers.NOT_REACHED, "no socket for a TURN server: " + e.getMessage());
    }
  }

  private void settle() {
    if (settled != null && relays.stream().noneMatch(Relay::isPending)) {
      Runnable done = settled;
      settled = null;
      done.run();
    }
  }

  private void endOfBurst() {
    if (closed) {
      rest(System.nanoTime());
    } else {
      user.endOfBurst();
    }
  }

  /** Lets a peer through that the other end has told of. */
  void permit(InetAddress peer, long now) {
    List.copyOf(relays).forEach(relay -> relay.allocation().permit(peer, now));
  }

  void onTimer(long now) {
    List.copyOf(relays).forEach(relay -> relay.allocation().onTimer(now));
  }

  long nextDeadline() {
    long next = TurnAllocation.NEVER;
    for (Relay relay : relays) {
      next = Math.min(next, relay.allocation().nextDeadline());
    }
    return next;
  }

  void flush() {
    for (int i = 0; i < relays.size(); i++) {
      relays.get(i).flush();
    }
  }

  /** Gives the addresses back; sockets follow as the servers have heard of it. */
  void close(long now) {
    closed = true;
    settled = null;
    List.copyOf(relays).forEach(relay -> relay.allocation().close(now));
    rest(now);
  }

  private void onGoodbye() {
    long now = System.nanoTime();
    onTimer(now);
    rest(now);
  }

  private void rest(long now) {
    flush();
    goodbye.at(nextDeadline(), now);
    if (relays.isEmpty()) {
      goodbye.cancel();
    }
  }

  private Relay of(TurnAllocation allocation) {
    return relays.stream().filter(relay -> relay.allocation() == allocation).findFirst().orElseThrow();
  }

  private void release(Relay relay) {
    relays.remove(relay);
    relay.release();
  }

  @Override
  public void onAllocated(TurnAllocation allocation) {
    Relay relay = of(allocation);
    InetSocketAddress relayed = allocation.relayed();
    int preference = MOST_PREFERRED - relays.indexOf(relay);
    agent.addRelayed(allocation, relayed, hidden ? nowhere() : allocation.mapped(),
      relay.server().address().getAddress(), preference, System.nanoTime());
    settle();
  }

  /** What browsers name as the related address when there is something to hide. */
  private static InetSocketAddress nowhere() {
    return new InetSocketAddress("0.0.0.0", 0);
  }

  @Override
  public void onFailed(TurnAllocation allocation, TurnFailure failure) {
    Relay relay = of(allocation);
    agent.remove(allocation);
    release(relay);
    int code = failure.code() == 0 ? IceServers.NOT_REACHED : failure.code();
    complaints.add(relay.server().url(), code, failure.detail());
    settle();
  }

  @Override
  public void onClosed(TurnAllocation allocation) {
    release(of(allocation));
  }

  @Override
  public void onData(TurnAllocation allocation, InetSocketAddress peer, ByteBuffer datagram, long now) {
    if (Routes.isDtls(datagram)) {
      user.onDtls(datagram);
    } else {
      agent.receive(datagram, allocation, peer, now);
    }
  }

  @Override
  public void onPeerRefused(TurnAllocation allocation, InetAddress peer, int code) {
    log.debug("{} lets nothing through to {} ({})", of(allocation).server().url(), peer, code);
  }
}
