package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.IceAgent;
import io.aiconexus.webrtc.ice.IceCredentials;
import io.aiconexus.webrtc.ice.IceEvents;
import io.aiconexus.webrtc.ice.IceRole;
import io.aiconexus.webrtc.ice.IceSettings;
import io.aiconexus.webrtc.ice.IceState;
import io.aiconexus.webrtc.ice.SelectedPair;
import io.aiconexus.webrtc.ice.SocketHandle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** An agent that tells its candidates to another one at once; it has none of its own. */
abstract class IcePeer implements IceEvents, AutoCloseable {
  final IceAgent agent;
  /** Datagrams that were not STUN. */
  final List<String> heard = new ArrayList<>();
  IcePeer other;

  IcePeer(IceRole role) {
    SecureRandom random = new SecureRandom();
    agent = new IceAgent(role, IceCredentials.random(random), IceSettings.DEFAULTS, this, random);
  }

  static void introduce(IcePeer one, IcePeer two) {
    one.other = two;
    two.other = one;
    one.agent.setRemote(two.agent.localCredentials(), false, System.nanoTime());
    two.agent.setRemote(one.agent.localCredentials(), false, System.nanoTime());
  }

  /** Takes what has come within so many milliseconds, and does what is due. */
  abstract void step(int millis) throws Exception;

  /** The other one's candidate, as signaling brings it. */
  void onRemote(Candidate candidate) {
    agent.addRemoteCandidate(candidate, System.nanoTime());
  }

  void receive(ByteBuffer datagram, SocketHandle handle, InetSocketAddress from) {
    if (!agent.receive(datagram, handle, from, System.nanoTime())) {
      heard.add(StandardCharsets.UTF_8.decode(datagram).toString());
    }
  }

  void say(String text) {
    SelectedPair path = agent.selectedPair();
    path.socket().send(path.to(), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void onLocalCandidate(Candidate candidate) {
    other.onRemote(Candidate.parse(candidate.line()));
  }

  @Override
  public void onGatheringDone() {
    other.agent.remoteEndOfCandidates(System.nanoTime());
  }

  @Override
  public void onStateChange(IceState state) {
  }

  @Override
  public void onSelectedPair(SelectedPair pair) {
  }

  @Override
  public void onPath(SocketHandle local, InetSocketAddress remote) {
  }

  @Override
  public void onHostname(Candidate candidate) {
  }

  @Override
  public abstract void close() throws IOException;
}
