package io.aiconexus.webrtc;

import io.aiconexus.webrtc.ice.Candidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A way of real UDP sockets between two ends that neither knows of: it takes its time, loses datagrams and lets others
 * overtake them, in both directions.
 */
public final class LossyPath implements AutoCloseable {

  private static final int LONGEST = 65_535;
  private static final int SOCKET_BYTES = 4 << 20;

  private final double loss;
  private final double overtaking;
  private final long delay;
  private final Random random;
  private final Queue<Late> underway = new ArrayDeque<>();
  private final Selector selector;
  private final Thread thread;
  private final ByteBuffer bytes = ByteBuffer.allocateDirect(LONGEST);
  private volatile boolean closed;
  private volatile int lost;

  /** What share of datagrams is lost, what share comes after one that was sent later, and how long each takes. */
  public LossyPath(double loss, double overtaking, Duration delay, long seed) throws IOException {
    this.loss = loss;
    this.overtaking = overtaking;
    this.delay = delay.toNanos();
    this.random = new Random(seed);
    this.selector = Selector.open();
    this.thread = new Thread(this::run, "lossy-path");
    thread.start();
  }

  /** An address that leads to another one; whoever sends there is seen from an address of the path too. */
  private InetSocketAddress to(InetSocketAddress target) {
    try {
      DatagramChannel entrance = open(target);
      entrance.register(selector, SelectionKey.OP_READ, new Entrance(entrance, target));
      selector.wakeup();
      return (InetSocketAddress) entrance.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves two ends no other way: one is shown at addresses of the path, and has to find the other by itself. */
  void between(End shown, End hidden) {
    shown.showing = this::lead;
    hidden.showing = candidate -> Optional.empty();
    hidden.telling = LossyPath::hide;
  }

  /** The same description without a candidate. */
  public static SessionDescription hide(SessionDescription said) {
    return new SessionDescription(said.type(), said.sdp().lines()
      .filter(line -> !line.startsWith("a=candidate:") && !line.equals("a=end-of-candidates"))
      .collect(Collectors.joining("\r\n", "", "\r\n")));
  }

  /** The same candidate at an address of the path; without one unless it is of IPv4 and UDP. */
  public Optional<IceCandidate> lead(IceCandidate candidate) {
    if (candidate.isEnd()) {
      return Optional.of(candidate);
    }
    Candidate real = Candidate.parse(candidate.candidate());
    if (!real.transport().equals(Candidate.UDP) || !(real.address().getAddress() instanceof Inet4Address)) {
      return Optional.empty();
    }
    InetSocketAddress shown = to(real.address());
    Candidate led = new Candidate(real.foundation(), real.component(), real.transport(), real.priority(), shown,
      real.type(), null, null, real.extensions());
    return Optional.of(new IceCandidate(led.line(), candidate.sdpMid(), candidate.sdpMLineIndex(),
      candidate.usernameFragment()));
  }

  int lost() {
    return lost;
  }

  private static DatagramChannel open(InetSocketAddress near) throws IOException {
    DatagramChannel channel = DatagramChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BYTES);
    channel.bind(new InetSocketAddress(near.getAddress(), 0));
    channel.configureBlocking(false);
    return channel;
  }

  private void run() {
    try {
      while (!closed) {
        selector.select(key -> {
          try {
            ((Door) key.attachment()).read();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }, deliver());
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets arrive what has taken its time; returns how many milliseconds there is nothing to do, 0 for any number. */
  private long deliver() throws IOException {
    for (Late next = underway.peek(); next != null; next = underway.peek()) {
      long left = next.due - System.nanoTime();
      if (left > 0) {
        return Math.max(1, left / 1_000_000);
      }
      next.by.send(next.datagram, next.to);
      underway.remove();
    }
    return 0;
  }

  private record Late(long due, ByteBuffer datagram, DatagramChannel by, SocketAddress to) {
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    selector.wakeup();
    thread.join();
  }

  /** A socket whose datagrams go on somewhere else. */
  private abstract class Door {

    private final DatagramChannel channel;
    private ByteBuffer held;
    private DatagramChannel heldBy;
    private SocketAddress heldFor;

    Door(DatagramChannel channel) {
      this.channel = channel;
    }

    abstract void pass(ByteBuffer datagram, SocketAddress from) throws IOException;

    final DatagramChannel channel() {
      return channel;
    }

    final void read() throws IOException {
      bytes.clear();
      for (SocketAddress from = channel.receive(bytes); from != null; from = channel.receive(bytes)) {
        pass(bytes.flip(), from);
        bytes.clear();
      }
    }

    final void send(ByteBuffer datagram, DatagramChannel by, SocketAddress to) throws IOException {
      if (random.nextDouble() < loss) {
        lost++;
      } else if (held == null && random.nextDouble() < overtaking) {
        held = ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
        heldBy = by;
        heldFor = to;
      } else {
        arrive(datagram, by, to);
        if (held != null) {
          arrive(held, heldBy, heldFor);
          held = null;
        }
      }
    }

    private void arrive(ByteBuffer datagram, DatagramChannel by, SocketAddress to) throws IOException {
      if (delay == 0) {
        by.send(datagram, to);
      } else {
        ByteBuffer copy = ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
        underway.add(new Late(System.nanoTime() + delay, copy, by, to));
      }
    }
  }

  private final class Entrance extends Door {

    private final InetSocketAddress target;
    private final Map<SocketAddress, DatagramChannel> exits = new HashMap<>();

    Entrance(DatagramChannel channel, InetSocketAddress target) {
      super(channel);
      this.target = target;
    }

    @Override
    void pass(ByteBuffer datagram, SocketAddress from) throws IOException {
      DatagramChannel exit = exits.get(from);
      if (exit == null) {
        exit = open(target);
        exit.register(selector, SelectionKey.OP_READ, new Exit(exit, channel(), from));
        exits.put(from, exit);
      }
      send(datagram, exit, target);
    }
  }

  private final class Exit extends Door {

    private final DatagramChannel entrance;
    private final SocketAddress source;

    Exit(DatagramChannel channel, DatagramChannel entrance, SocketAddress source) {
      super(channel);
      this.entrance = entrance;
      this.source = source;
    }

    @Override
    void pass(ByteBuffer datagram, SocketAddress from) throws IOException {
      send(datagram, entrance, source);
    }
  }
}
