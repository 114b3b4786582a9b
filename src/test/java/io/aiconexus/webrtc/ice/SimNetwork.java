package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunException;
import io.aiconexus.webrtc.stun.StunMessage;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/** A network under virtual time: delay, reordering, loss, NATs and walls, all decided by one seed. */
final class SimNetwork {
  private record Event(long at, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(number, other.number);
    }
  }

  /** What happens to a datagram that arrives at an address. */
  interface Port {
    void arrive(InetSocketAddress from, InetSocketAddress to, byte[] datagram);
  }

  static final long MILLIS = 1_000_000;

  final Random random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<InetSocketAddress, Port> ports = new HashMap<>();
  private final List<SimPeer> peers = new ArrayList<>();
  private long numbers;
  long now = 1_000_000_000L;
  double loss;
  long minDelay = MILLIS;
  long maxDelay = MILLIS;
  BiPredicate<InetSocketAddress, InetSocketAddress> wall = (from, to) -> false;
  int packets;
  int timers;

  SimNetwork(long seed) {
    random = new Random(seed);
  }

  static InetSocketAddress at(String ip, int port) {
    return new InetSocketAddress(ip, port);
  }

  void bind(InetSocketAddress address, Port port) {
    if (ports.putIfAbsent(address, port) != null) {
      throw new IllegalStateException("in use: " + address);
    }
  }

  void add(SimPeer peer) {
    peers.add(peer);
  }

  /** Something that takes as long as a datagram, but always arrives, and in order: signaling. */
  void signal(Runnable action) {
    later(maxDelay, action);
  }

  void later(long delay, Runnable action) {
    events.add(new Event(now + delay, numbers++, action));
  }

  void carry(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    packets++;
    if (random.nextDouble() < loss || wall.test(from, to)) {
      return;
    }
    later(minDelay + (long) (random.nextDouble() * (maxDelay - minDelay)), () -> {
      Port port = ports.get(to);
      if (port != null) {
        port.arrive(from, to, datagram);
      }
    });
  }

  /** A STUN server that tells everybody what it sees. */
  void stunServer(InetSocketAddress address) {
    bind(address, (from, to, datagram) -> {
      try {
        StunMessage request = StunMessage.parse(ByteBuffer.wrap(datagram));
        carry(address, from, StunBuilder.success(request).xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, from).build());
      } catch (StunException e) {
        throw new IllegalStateException(e);
      }
    });
  }

  /** Lets time pass until something is so; false when it is not within {@code millis}. */
  boolean runUntil(BooleanSupplier goal, long millis) {
    long end = now + millis * MILLIS;
    while (!goal.getAsBoolean()) {
      if (!step(end)) {
        now = end;
        return goal.getAsBoolean();
      }
    }
    return true;
  }

  void run(long millis) {
    runUntil(() -> false, millis);
  }

  private boolean step(long end) {
    long next = events.isEmpty() ? IceAgent.NEVER : events.peek().at();
    SimPeer due = null;
    for (SimPeer peer : peers) {
      if (peer.agent.nextDeadline() < next) {
        next = peer.agent.nextDeadline();
        due = peer;
      }
    }
    if (next > end) {
      return false;
    }
    now = Math.max(now, next);
    if (due == null) {
      events.remove().action().run();
    } else {
      timers++;
      due.agent.onTimer(now);
      if (due.agent.nextDeadline() <= now) {
        throw new AssertionError("a deadline that is not in the future: the timer would spin");
      }
    }
    return true;
  }
}
