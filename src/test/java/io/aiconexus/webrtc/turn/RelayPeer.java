package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.IceRole;
import io.aiconexus.webrtc.ice.SelectedPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** A peer with an address on a TURN server and nothing else. */
final class RelayPeer extends IcePeer implements TurnEvents, ServerLink {
  final TurnAllocation allocation;
  private final Coturn server;
  private final Wire wire;

  RelayPeer(IceRole role, Coturn server, TurnTransport transport) throws Exception {
    super(role);
    this.server = server;
    this.wire = Wire.to(server, transport);
    this.allocation = new TurnAllocation(TurnOptions.of(Coturn.ANN, transport), this, this, new SecureRandom());
  }

  void gather() {
    allocation.start(System.nanoTime());
  }

  @Override
  void step(int millis) throws IOException, FrameException {
    agent.onTimer(System.nanoTime());
    allocation.onTimer(System.nanoTime());
    wire.receive(millis, packet -> allocation.receive(packet, System.nanoTime()));
  }

  @Override
  void onRemote(Candidate candidate) {
    super.onRemote(candidate);
    allocation.permit(candidate.address().getAddress(), System.nanoTime());
  }

  @Override
  public void onAllocated(TurnAllocation which) {
    agent.addRelayed(which, which.relayed(), which.mapped(), server.address.getAddress(), 65_535, System.nanoTime());
    agent.endOfLocalCandidates(System.nanoTime());
  }

  @Override
  public void onSelectedPair(SelectedPair pair) {
    allocation.bind(pair.to(), System.nanoTime());
  }

  @Override
  public void onData(TurnAllocation which, InetSocketAddress peer, ByteBuffer datagram, long now) {
    receive(datagram, which, peer);
  }

  @Override
  public void onFailed(TurnAllocation which, TurnFailure failure) {
    throw new AssertionError(failure.toString());
  }

  @Override
  public void onClosed(TurnAllocation which) {
  }

  @Override
  public void onPeerRefused(TurnAllocation which, InetAddress peer, int code) {
    throw new AssertionError(peer + " refused: " + code);
  }

  @Override
  public void send(byte[] packet) {
    try {
      wire.send(packet);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    agent.close();
    allocation.close(System.nanoTime());
    wire.close();
  }
}
