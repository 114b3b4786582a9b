package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.ConnectionStats;
import io.aiconexus.webrtc.ErrorDetail;
import io.aiconexus.webrtc.dtls.DtlsCipherSuite;
import io.aiconexus.webrtc.dtls.DtlsCloseReason;
import io.aiconexus.webrtc.dtls.DtlsEndpoint;
import io.aiconexus.webrtc.dtls.DtlsFingerprint;
import io.aiconexus.webrtc.dtls.DtlsListener;
import io.aiconexus.webrtc.dtls.DtlsRole;
import io.aiconexus.webrtc.dtls.DtlsTransport;
import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.IceCredentials;
import io.aiconexus.webrtc.ice.IceEvents;
import io.aiconexus.webrtc.ice.IceRole;
import io.aiconexus.webrtc.ice.IceState;
import io.aiconexus.webrtc.ice.SelectedPair;
import io.aiconexus.webrtc.ice.SocketHandle;
import io.aiconexus.webrtc.sctp.SctpAssociation;
import io.aiconexus.webrtc.sctp.SctpStatistics;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The protocols of one connection, one upon the other, on one event loop: ICE finds the path, DTLS protects it, SCTP
 * carries messages.
 * <p>
 * They all have the same end of turn: when everything that was there to read has been read, or when the application's
 * task is over, SCTP fills packets with what has gathered, the sockets send, and the one timer is set.
 */
final class Transport implements Receiver, IceEvents, DtlsListener {

  private static final double NANOS_PER_MILLI = 1e6;
  /** How much DTLS may come before this end has a path: the other end's hello, with room for its being cut. */
  private static final int MOST_EARLY = 4;

  private final EventLoop loop;
  private final TransportOwner owner;
  private final DtlsEndpoint endpoint;
  private final EngineCounters counters;
  private final IcePath path;
  private final Alarm alarm;
  private final Deque<ByteBuffer> early = new ArrayDeque<>(0);
  private DtlsTransport dtls;
  private SctpAssociation sctp;
  private DtlsCipherSuite cipher;
  private DtlsProgress progress = DtlsProgress.NEW;
  private ErrorDetail error;
  private boolean started;
  private boolean turnComing;
  private boolean closed;
  private long retransmissionsTold;
  private long timeoutsTold;
  private long bytesSent;
  private long bytesReceived;

  Transport(EventLoop loop, TransportOwner owner, LoopSockets sockets, DtlsEndpoint endpoint, IceRole role,
            IceCredentials local, EngineCounters counters) {
    this.loop = loop;
    this.owner = owner;
    this.endpoint = endpoint;
    this.counters = counters;
    this.path = new IcePath(sockets, this, role, local, this, JvmEngine.RANDOM);
    this.alarm = new Alarm(loop, this::onAlarm);
    counters.opened(this);
  }

  EventLoop loop() {
    return loop;
  }

  IcePath path() {
    return path;
  }

  DtlsEndpoint endpoint() {
    return endpoint;
  }

  DtlsProgress progress() {
    return progress;
  }

  ConnectionStats stats() {
    SelectedPair pair = path.pair();
    long roundTrip = sctp == null ? 0 : sctp.statistics().roundTripNanos();
    return new ConnectionStats(pair == null ? null : pair.local().type().token(),
      pair == null ? null : pair.remote().type().token(), pair == null ? null : pair.local().transport(),
      roundTrip == 0 ? null : roundTrip / NANOS_PER_MILLI, progress.w3c(), cipher == null ? null : cipher.toString(),
      bytesSent, bytesReceived, path.checks(), error);
  }

  /** What the association does now, or null while there is none; the engine's counters learn what came again. */
  SctpStatistics account() {
    if (sctp == null) {
      return null;
    }
    SctpStatistics now = sctp.statistics();
    counters.retransmitted(now.retransmissions() - retransmissionsTold, now.timeouts() - timeoutsTold);
    retransmissionsTold = now.retransmissions();
    timeoutsTold = now.timeouts();
    return now;
  }

  /** Both descriptions are known: looks for a path, and for who holds one of these certificates at its end. */
  void begin(IceCredentials remote, boolean lite, List<DtlsFingerprint> fingerprints, DtlsRole role) {
    if (dtls == null) {
      dtls = endpoint.transport(role, fingerprints, this::onLoop, this::emit, this);
    }
    path.agent().setRemote(remote, lite, System.nanoTime());
    startDtls();
  }

  /** Takes note that there is something to send or to wait for; done at the end of this turn of the loop. */
  void wake() {
    if (!turnComing && !closed) {
      turnComing = true;
      loop.execute(this::turn);
    }
  }

  private void onLoop(Runnable task) {
    loop.execute(() -> {
      task.run();
      wake();
    });
  }

  private void turn() {
    turnComing = false;
    if (closed) {
      return;
    }
    long now = System.nanoTime();
    if (sctp != null) {
      sctp.flush(now);
    }
    path.flush();
    arm(now);
  }

  private void arm(long now) {
    long next = path.nextDeadline();
    if (dtls != null) {
      next = Math.min(next, dtls.nextDeadline());
    }
    if (sctp != null) {
      next = Math.min(next, sctp.nextDeadline());
    }
    alarm.at(next, now);
  }

  private void onAlarm() {
    if (closed) {
      return;
    }
    turnComing = true;
    long now = System.nanoTime();
    path.onTimer(now);
    if (dtls != null) {
      dtls.onTimer(now);
    }
    if (sctp != null) {
      sctp.onTimer(now);
    }
    turn();
  }

  @Override
  public void onStun(ByteBuffer datagram, UdpSocket socket, InetSocketAddress from) {
    turnComing = true;
    path.receive(datagram, socket, from, System.nanoTime());
  }

  @Override
  public void onDtls(ByteBuffer datagram) {
    turnComing = true;
    bytesReceived += datagram.remaining();
    if (started) {
      dtls.receive(datagram, System.nanoTime());
    } else if (early.size() < MOST_EARLY) {
      early.add(ByteBuffer.allocate(datagram.remaining()).put(datagram).flip());
    }
  }

  @Override
  public void endOfBurst() {
    turn();
  }

  @Override
  public void onTaken(UdpSocket socket, InetSocketAddress remote) {
    loop.execute(() -> {
      if (!closed) {
        path.openOwn(System.nanoTime());
        wake();
      }
    });
  }

  private void emit(ByteBuffer datagram) {
    bytesSent += datagram.remaining();
    path.send(datagram);
  }

  private void startDtls() {
    if (dtls != null && !started && path.isUsable()) {
      started = true;
      progress = DtlsProgress.CONNECTING;
      long now = System.nanoTime();
      dtls.start(now);
      early.forEach(datagram -> dtls.receive(datagram, now));
      early.clear();
      owner.onStateChange();
    }
  }

  @Override
  public void onSelectedPair(SelectedPair pair) {
    startDtls();
  }

  @Override
  public void onLocalCandidate(Candidate candidate) {
    owner.onLocalCandidate(candidate);
  }

  @Override
  public void onGatheringDone() {
    owner.onGatheringDone();
  }

  @Override
  public void onStateChange(IceState state) {
    owner.onIceState(state);
  }

  @Override
  public void onPath(SocketHandle local, InetSocketAddress remote) {
    // The path claims the address by itself.
  }

  @Override
  public void onHostname(Candidate candidate) {
    // Whoever hides behind an mDNS name sends checks too; their source is the address (RFC 8445, section 7.3.1.3).
  }

  @Override
  public void connected(DtlsCipherSuite suite) {
    cipher = suite;
    progress = DtlsProgress.CONNECTED;
    sctp = owner.associate(dtls.maxDataSize(), (packet, length) -> dtls.send(ByteBuffer.wrap(packet, 0, length)));
    sctp.connect(System.nanoTime());
    owner.onStateChange();
  }

  @Override
  public void data(ByteBuffer data) {
    sctp.receive(data, System.nanoTime());
  }

  @Override
  public void closed(DtlsCloseReason reason, String detail) {
    if (closed) {
      return;
    }
    progress = reason == DtlsCloseReason.CLOSED_BY_PEER ? DtlsProgress.GONE : DtlsProgress.FAILED;
    error = switch (reason) {
      case FINGERPRINT_MISMATCH -> ErrorDetail.FINGERPRINT_FAILURE;
      case CLOSED_BY_PEER -> null;
      default -> ErrorDetail.DTLS_FAILURE;
    };
    owner.onLost(Verdict.of(reason, detail));
    owner.onStateChange();
  }

  /** Says goodbye on every layer, and gives everything back. */
  void close() {
    if (closed) {
      return;
    }
    long now = System.nanoTime();
    if (sctp != null) {
      sctp.abort("closed");
      account();
    }
    closed = true;
    counters.closed(this);
    if (dtls != null) {
      dtls.close(now);
    }
    alarm.cancel();
    path.close();
  }
}
