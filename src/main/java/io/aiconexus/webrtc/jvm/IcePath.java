package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.IceChecks;
import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.IceAgent;
import io.aiconexus.webrtc.ice.IceCredentials;
import io.aiconexus.webrtc.ice.IceEvents;
import io.aiconexus.webrtc.ice.IceRole;
import io.aiconexus.webrtc.ice.IceSettings;
import io.aiconexus.webrtc.ice.IceState;
import io.aiconexus.webrtc.ice.IceTally;
import io.aiconexus.webrtc.ice.SelectedPair;
import io.aiconexus.webrtc.ice.SocketHandle;
import io.aiconexus.webrtc.turn.TurnAllocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the other end: an ICE agent and the sockets it looks for paths with; on one loop. */
final class IcePath {

  private static final Logger log = LoggerFactory.getLogger(IcePath.class);
  private static final int MOST_PREFERRED = 65_535;
  private static final int MOST_PREFERRED_OVER_TCP = 8_191;

  private final LoopSockets sockets;
  private final Receiver user;
  private final IceAgent agent;
  private final Relays relays;
  /** Null when TCP is not wanted. */
  private final TcpOutlet tcp;
  private final boolean mayShare;
  private final List<Outlet> outlets = new ArrayList<>(1);
  private final Map<InetSocketAddress, Runnable> asked = new HashMap<>(0);
  private List<InetAddress> addresses = List.of();
  private SelectedPair pair;
  private boolean closed;

  /** @param events what the agent has to say, beside the path itself, which {@link #send} follows */
  IcePath(LoopSockets sockets, Receiver user, IceRole role, IceCredentials local, IceEvents events,
          RandomGenerator random) {
    this.sockets = sockets;
    this.user = user;
    this.mayShare = role == IceRole.CONTROLLED;
    this.agent = new IceAgent(role, local, IceSettings.DEFAULTS, new Following(events), random);
    this.relays = new Relays(sockets, user, agent);
    this.tcp = sockets.mayUseTcp() ? new TcpOutlet(sockets, user, agent) : null;
  }

  IceAgent agent() {
    return agent;
  }

  Relays relays() {
    return relays;
  }

  boolean isClosed() {
    return closed;
  }

  /** Opens a socket unless there is one, and makes a candidate of each address, or two with TCP. */
  void open(List<InetAddress> found, long now) throws IOException {
    addresses = found;
    if (outlets.isEmpty()) {
      outlets.add(new Outlet(sockets.acquire(user, mayShare), user));
      listen();
    }
    addHosts(outlets.get(outlets.size() - 1), now);
    for (int i = 0; tcp != null && i < addresses.size(); i++) {
      agent.addActive(tcp, addresses.get(i), MOST_PREFERRED_OVER_TCP - i, now);
    }
  }

  /** Adds a socket for this connection alone beside the shared one, once. */
  void openOwn(long now) {
    if (closed || outlets.size() != 1) {
      return;
    }
    try {
      Outlet own = new Outlet(sockets.acquire(user, false), user);
      outlets.add(own);
      addHosts(own, now);
    } catch (IOException e) {
      log.warn("no socket for a second connection to the same remote socket: {}", e.getMessage());
    }
  }

  private void addHosts(Outlet outlet, long now) {
    int preference = MOST_PREFERRED - outlets.indexOf(outlet);
    for (InetAddress address : addresses) {
      agent.addHost(outlet, new InetSocketAddress(address, outlet.socket().port()), preference, now);
      preference -= 2;
    }
  }

  /** Asks a STUN server what it sees of us; {@code silent} is called if it does not answer. */
  void ask(InetSocketAddress server, Runnable silent, long now) {
    asked.put(server, silent);
    outlets.forEach(outlet -> agent.gather(outlet, server, now));
  }

  /** Takes a candidate of the other end, and lets it through where something has to. */
  void addRemote(Candidate candidate, long now) {
    if (agent.addRemoteCandidate(candidate, now) && !candidate.isHostname() && !candidate.isTcp()) {
      relays.permit(candidate.address().getAddress(), now);
    }
  }

  void onTimer(long now) {
    agent.onTimer(now);
    relays.onTimer(now);
  }

  long nextDeadline() {
    return Math.min(agent.nextDeadline(), relays.nextDeadline());
  }

  void restart(IceCredentials fresh, long now) {
    if (tcp != null) {
      tcp.forgetEnded();
    }
    agent.restart(fresh, now);
    listen();
  }

  private void listen() {
    String ufrag = agent.localCredentials().ufrag();
    outlets.forEach(outlet -> outlet.socket().routes().listen(ufrag, user));
  }

  void receive(ByteBuffer datagram, UdpSocket socket, InetSocketAddress from, long now) {
    for (Outlet outlet : outlets) {
      if (outlet.socket() == socket) {
        agent.receive(datagram, outlet, from, now);
        return;
      }
    }
  }

  boolean isUsable() {
    return pair != null;
  }

  /** How the search for a path went. */
  IceChecks checks() {
    IceTally tally = agent.tally();
    String last = tally.lastLocal() == null ? null
      : tally.lastLocal().token() + "/" + tally.lastRemote().token() + " " + tally.lastTransport();
    return new IceChecks(tally.pairs(), tally.sent(), tally.answered(), tally.received(), last, tally.lastState());
  }

  SelectedPair pair() {
    return pair;
  }

  /** Sends data on the selected path; without one it is lost, as on any network. */
  void send(ByteBuffer datagram) {
    SelectedPair way = pair;
    if (way == null || agent.selectedPair() == null) {
      return;
    }
    if (way.socket() instanceof Outlet outlet) {
      outlet.socket().write(datagram, way.to());
    } else if (way.socket() == tcp) {
      tcp.write(datagram, way.to());
    } else {
      byte[] bytes = new byte[datagram.remaining()];
      datagram.get(bytes);
      way.socket().send(way.to(), bytes);
    }
  }

  void flush() {
    for (int i = 0; i < outlets.size(); i++) {
      outlets.get(i).socket().flush();
    }
    relays.flush();
    if (tcp != null) {
      tcp.flush();
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      agent.close();
      outlets.forEach(outlet -> sockets.release(outlet.socket(), user));
      outlets.clear();
      closeTcpBut(null);
      relays.close(System.nanoTime());
    }
  }

  private void closeTcpBut(InetSocketAddress chosen) {
    if (tcp != null) {
      tcp.keepOnly(chosen);
    }
  }

  /** Hears of the selected pair first. */
  private final class Following implements IceEvents {

    private final IceEvents then;

    Following(IceEvents then) {
      this.then = then;
    }

    @Override
    public void onSelectedPair(SelectedPair selected) {
      pair = selected;
      if (selected.socket() instanceof TurnAllocation allocation) {
        allocation.bind(selected.to(), System.nanoTime());
      }
      if (selected.nominated()) {
        closeTcpBut(selected.socket() == tcp ? selected.to() : null);
      }
      then.onSelectedPair(selected);
    }

    @Override
    public void onLocalCandidate(Candidate candidate) {
      then.onLocalCandidate(candidate);
    }

    @Override
    public void onGatheringDone() {
      then.onGatheringDone();
    }

    @Override
    public void onStateChange(IceState state) {
      if (state == IceState.FAILED) {
        closeTcpBut(null);
      }
      then.onStateChange(state);
    }

    @Override
    public void onPath(SocketHandle local, InetSocketAddress remote) {
      if (local instanceof Outlet outlet) {
        outlet.socket().routes().claim(remote, user);
      }
      then.onPath(local, remote);
    }

    @Override
    public void onHostname(Candidate candidate) {
      then.onHostname(candidate);
    }

    @Override
    public void onServerSilent(InetSocketAddress server) {
      Runnable silent = asked.remove(server);
      if (silent != null) {
        silent.run();
      }
    }
  }
}
