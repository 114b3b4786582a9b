package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunClass;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * Asks the peer every few seconds whether it still wants what we send (RFC 7675), which keeps NATs open, too.
 * <p>
 * Each of these checks is sent once only, as section 5.1 wants it. Where one packet in five is lost, this alone would
 * end a connection within the hour, so an ordinary connectivity check with its repetitions (RFC 8445 section 14.3) is
 * sent once half the time has passed after which the path counts as silent; its answer is worth the same.
 */
final class Consent {
  /** Checks whose answer would still count; as many as fit into the time until consent expires, and some. */
  private static final int MAX_OPEN = 12;
  /** Each interval is 0.8 to 1.2 of the mean, so that peers do not fall into step (RFC 7675 section 5.1). */
  private static final double SPREAD_FROM = 0.8;
  private static final double SPREAD = 0.4;
  private static final double HALF = 0.5;

  private final IceSettings settings;
  private final Role role;
  private final RandomGenerator random;
  private final Deque<TransactionId> open = new ArrayDeque<>();
  private final Transactions<TransactionId> probe = new Transactions<>();
  private Pair path;
  private Remote remote;
  private long checkAt;
  private long answeredAt;
  private long unansweredSince;
  private boolean doubted;
  private boolean silent;

  Consent(IceSettings settings, Role role, RandomGenerator random) {
    this.settings = settings;
    this.role = role;
    this.random = random;
  }

  /** Watches this path, from which an answer has just come. */
  void watch(Pair pair, Remote peer, long now) {
    path = pair;
    remote = peer;
    open.clear();
    answered(now);
    checkAt = now + interval();
  }

  void stop() {
    path = null;
    remote = null;
    open.clear();
    probe.clear();
  }

  boolean isActive() {
    return path != null;
  }

  boolean isOn(Pair pair) {
    return path == pair;
  }

  /** False when the peer has not answered for a while: {@link IceState#DISCONNECTED}. */
  boolean isAnswered() {
    return !silent;
  }

  boolean isExpired(long now) {
    return path != null && now >= expiresAt();
  }

  /** Takes a response; false when it answers none of our checks. */
  boolean onResponse(StunMessage response, SocketHandle socket, InetSocketAddress from, long now) {
    boolean symmetric = path != null && path.socket == socket && path.to.equals(from);
    TransactionId id = response.transactionId();
    boolean ours = symmetric && (open.contains(id) || probe.match(id, socket, from) != null);
    if (ours && response.isFrom(remote.key()) && response.messageClass() == StunClass.SUCCESS) {
      open.remove(id);
      if (isSeenElsewhere(response)) {
        silent = true;
      } else {
        answered(now);
      }
    }
    return ours;
  }

  /** The connection that a path has is gone: nothing more is asked there, and consent expires. */
  void broken(SocketHandle socket, InetSocketAddress to) {
    if (path != null && path.socket == socket && path.to.equals(to)) {
      silent = true;
      doubted = true;
      checkAt = IceAgent.NEVER;
      probe.clear();
    }
  }

  /**
   * Our address is another than when the path was found: what we send arrives, but the peer goes on sending to the old
   * one, and only an ICE restart tells it. A TCP connection has one address for as long as it lasts.
   */
  private boolean isSeenElsewhere(StunMessage response) {
    InetSocketAddress mapped = response.mappedAddress();
    Candidate own = path.local.candidate();
    return mapped != null && !own.isTcp() && !mapped.equals(own.address());
  }

  private void answered(long now) {
    answeredAt = now;
    unansweredSince = IceAgent.NEVER;
    doubted = false;
    silent = false;
    probe.clear();
  }

  void onTimer(long now) {
    if (path == null) {
      return;
    }
    probe.onTimer(now, unanswered -> { });
    if (now >= checkAt) {
      check(now);
    }
    if (!doubted && now >= unansweredFor(HALF)) {
      doubted = true;
      probe(now);
    }
    silent |= now >= unansweredFor(1);
  }

  private void check(long now) {
    TransactionId id = TransactionId.random(random);
    if (open.size() == MAX_OPEN) {
      open.removeFirst();
    }
    open.addLast(id);
    unansweredSince = Math.min(unansweredSince, now);
    checkAt = now + interval();
    path.socket.send(path.to, request(id));
  }

  private void probe(long now) {
    TransactionId id = TransactionId.random(random);
    probe.start(id, path.socket, path.to, request(id), id, settings.retransmit().toNanos(), settings.transmissions(),
      now);
  }

  private byte[] request(TransactionId id) {
    return remote.check(id, role, path.local.peerReflexivePriority(), false);
  }

  private long interval() {
    return (long) (settings.consentInterval().toNanos() * (SPREAD_FROM + SPREAD * random.nextDouble()));
  }

  private long expiresAt() {
    return answeredAt + settings.consentExpiry().toNanos();
  }

  /** When the path has been without an answer for so much of the time after which it counts as silent. */
  private long unansweredFor(double part) {
    return unansweredSince == IceAgent.NEVER ? IceAgent.NEVER
      : unansweredSince + (long) (settings.disconnectedAfter().toNanos() * part);
  }

  long nextDeadline() {
    if (path == null) {
      return IceAgent.NEVER;
    }
    long next = Math.min(probe.nextDeadline(), Math.min(checkAt, expiresAt()));
    return silent ? next : Math.min(next, unansweredFor(doubted ? 1 : HALF));
  }
}
