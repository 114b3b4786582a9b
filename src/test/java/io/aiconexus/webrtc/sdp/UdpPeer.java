package io.aiconexus.webrtc.sdp;

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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The smallest shell there can be around an agent: one UDP socket, driven by the thread that waits for something. */
final class UdpPeer implements IceEvents, SocketHandle, AutoCloseable {
  /** What other threads want done on this one. */
  final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  final List<IceState> states = new ArrayList<>();
  final IceAgent agent;
  final InetSocketAddress address;
  /** Datagrams that were not STUN. */
  int data;
  private final DatagramChannel channel = DatagramChannel.open();
  private final Selector selector = Selector.open();
  private final ByteBuffer in = ByteBuffer.allocateDirect(2_048);

  UdpPeer(IceRole role, InetAddress interfaceAddress) throws IOException {
    SecureRandom random = new SecureRandom();
    channel.bind(new InetSocketAddress(interfaceAddress, 0)).configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
    address = (InetSocketAddress) channel.getLocalAddress();
    agent = new IceAgent(role, IceCredentials.random(random), IceSettings.DEFAULTS, this, random);
    agent.addHost(this, address, 65_535, System.nanoTime());
    agent.endOfLocalCandidates(System.nanoTime());
  }

  /** Lets things happen until something is so; false when it is not in time. */
  boolean runUntil(BooleanSupplier goal, long seconds) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!goal.getAsBoolean() && System.nanoTime() < end) {
      long wait = Math.min(agent.nextDeadline(), end) - System.nanoTime();
      selector.select(Math.max(1, Math.min(20, TimeUnit.NANOSECONDS.toMillis(wait))));
      selector.selectedKeys().clear();
      receive();
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
      agent.onTimer(System.nanoTime());
    }
    return goal.getAsBoolean();
  }

  private void receive() throws IOException {
    for (InetSocketAddress from = next(); from != null; from = next()) {
      data += agent.receive(in.flip(), this, from, System.nanoTime()) ? 0 : 1;
    }
  }

  private InetSocketAddress next() throws IOException {
    return (InetSocketAddress) channel.receive(in.clear());
  }

  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    try {
      channel.send(ByteBuffer.wrap(datagram), to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onLocalCandidate(Candidate candidate) {
  }

  @Override
  public void onGatheringDone() {
  }

  @Override
  public void onStateChange(IceState state) {
    states.add(state);
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
  public void close() throws IOException {
    agent.close();
    selector.close();
    channel.close();
  }
}
