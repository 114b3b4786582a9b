package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * Asks the peer every few seconds whether it still wants what we send (RFC 7675), which keeps NATs open, too.
 * <p>
 * Each check is sent once and with a transaction of its own. A single lost one means nothing yet: as long as the peer
 * itself asks, the path counts as silent only after twice the time.
 */
final class Consent {
  /** Checks whose answer would still count; as many as fit into the time until consent expires, and some. */
  private static final int MAX_OPEN = 12;
  /** Each interval is 0.8 to 1.2 of the mean, so that peers do not fall into step (RFC 7675 section 5.1). */
  private static final double SPREAD_FROM = 0.8;
  private static final double SPREAD = 0.4;

  private final IceSettings settings;
  private final Role role;
  private final RandomGenerator random;
  private final Deque<TransactionId> open = new ArrayDeque<>();
  private Pair path;
  private Remote remote;
  private long checkAt;
  private long answeredAt;
  private long heardAt;
  private long unansweredSince;
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
    if (!symmetric || !open.contains(id)) {
      return false;
    }
    if (response.isFrom(remote.key()) && response.mappedAddress() != null) {
      open.remove(id);
      answered(now);
    }
    return true;
  }

  private void answered(long now) {
    answeredAt = now;
    unansweredSince = IceAgent.NEVER;
    silent = false;
  }

  /** The peer has sent an authenticated request; on the watched path that is a sign of life. */
  void onRequest(SocketHandle socket, InetSocketAddress from, long now) {
    if (path != null && path.socket == socket && path.to.equals(from)) {
      heardAt = now;
    }
  }

  void onTimer(long now) {
    if (path == null) {
      return;
    }
    if (now >= checkAt) {
      check(now);
    }
    silent |= now >= silentAt();
  }

  private void check(long now) {
    TransactionId id = TransactionId.random(random);
    if (open.size() == MAX_OPEN) {
      open.removeFirst();
    }
    open.addLast(id);
    unansweredSince = Math.min(unansweredSince, now);
    checkAt = now + interval();
    path.socket.send(path.to, remote.check(id, role, path.local.peerReflexivePriority(), false));
  }

  private long interval() {
    return (long) (settings.consentInterval().toNanos() * (SPREAD_FROM + SPREAD * random.nextDouble()));
  }

  private long expiresAt() {
    return answeredAt + settings.consentExpiry().toNanos();
  }

  private long silentAt() {
    if (unansweredSince == IceAgent.NEVER) {
      return IceAgent.NEVER;
    }
    long wait = settings.disconnectedAfter().toNanos();
    return unansweredSince + (heardAt >= unansweredSince ? 2 * wait : wait);
  }

  long nextDeadline() {
    if (path == null) {
      return IceAgent.NEVER;
    }
    long next = Math.min(checkAt, expiresAt());
    return silent ? next : Math.min(next, silentAt());
  }
}
