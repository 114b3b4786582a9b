package io.aiconexus.webrtc.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** An agent with sockets in a simulated network, which trickles its candidates to another one. */
final class SimPeer implements IceEvents {
  private static final byte DATA = 22;

  final SimNetwork network;
  final IceAgent agent;
  final List<SimSocket> sockets = new ArrayList<>();
  final List<IceState> states = new ArrayList<>();
  final List<SelectedPair> selections = new ArrayList<>();
  final List<Candidate> locals = new ArrayList<>();
  final List<Candidate> hostnames = new ArrayList<>();
  final List<InetSocketAddress> paths = new ArrayList<>();
  int gatheringDone;
  /** Datagrams from sendData of the other one. */
  int data;
  boolean trickles = true;
  SimPeer other;

  SimPeer(SimNetwork network, IceRole role) {
    this(network, role, IceSettings.DEFAULTS);
  }

  SimPeer(SimNetwork network, IceRole role, IceSettings settings) {
    this.network = network;
    this.agent = new IceAgent(role, IceCredentials.random(network.random), settings, this, network.random);
    network.add(this);
  }

  SimSocket host(String ip, int port) {
    return host(ip, port, null);
  }

  SimSocket host(String ip, int port, SimNat nat) {
    SimSocket[] self = new SimSocket[1];
    self[0] = new SimSocket(network, nat, SimNetwork.at(ip, port), (from, to, datagram) -> {
      boolean ours = agent.receive(ByteBuffer.wrap(datagram).asReadOnlyBuffer(), self[0], from, network.now);
      data += !ours && datagram[0] == DATA ? 1 : 0;
    });
    sockets.add(self[0]);
    return self[0];
  }

  /** Begins to gather: every socket is a host candidate, and asks every server. */
  void gather(InetSocketAddress... stunServers) {
    int preference = 65_535;
    for (SimSocket socket : sockets) {
      agent.addHost(socket, socket.address, preference--, network.now);
      for (InetSocketAddress server : stunServers) {
        agent.gather(socket, server, network.now);
      }
    }
    agent.endOfLocalCandidates(network.now);
  }

  /** The two learn each other's credentials as by offer and answer. */
  static void introduce(SimPeer offerer, SimPeer answerer) {
    offerer.other = answerer;
    answerer.other = offerer;
    offerer.network.signal(() -> {
      answerer.agent.setRemote(offerer.agent.localCredentials(), false, offerer.network.now);
      offerer.network.signal(() ->
        offerer.agent.setRemote(answerer.agent.localCredentials(), false, offerer.network.now));
    });
  }

  /** Sends something that is not STUN over the selected pair. */
  void sendData() {
    SelectedPair path = agent.selectedPair();
    path.socket().send(path.to(), new byte[] {DATA, 1, 2, 3});
  }

  boolean isUp() {
    return agent.state() == IceState.CONNECTED || agent.state() == IceState.COMPLETED;
  }

  boolean isCompleted() {
    return agent.state() == IceState.COMPLETED;
  }

  @Override
  public void onLocalCandidate(Candidate candidate) {
    locals.add(candidate);
    Candidate copy = Candidate.parse(candidate.line());
    if (trickles) {
      network.signal(() -> other.agent.addRemoteCandidate(copy, network.now));
    }
  }

  @Override
  public void onGatheringDone() {
    gatheringDone++;
    if (trickles) {
      network.signal(() -> other.agent.remoteEndOfCandidates(network.now));
    }
  }

  @Override
  public void onStateChange(IceState state) {
    states.add(state);
  }

  @Override
  public void onSelectedPair(SelectedPair pair) {
    selections.add(pair);
  }

  @Override
  public void onPath(SocketHandle local, InetSocketAddress remote) {
    paths.add(remote);
  }

  @Override
  public void onHostname(Candidate candidate) {
    hostnames.add(candidate);
  }
}
