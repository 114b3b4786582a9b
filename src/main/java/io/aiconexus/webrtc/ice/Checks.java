package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunClass;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Sends connectivity checks in their order and pace, and draws the conclusions (RFC 8445 sections 6.1.4 and 7.2). */
final class Checks {
  /** Refusals for role conflict after which a pair is given up: two agents need one to sort it out. */
  private static final int MAX_CONFLICTS = 4;

  private record Check(TransactionId id, Pair pair, IceRole role, boolean nominating) {
  }

  private final IceSettings settings;
  private final IceEvents events;
  private final Role role;
  private final LocalCandidates locals;
  private final CheckList list;
  private final Nomination nomination;
  private final Pacer pacer;
  private final RandomGenerator random;
  private final Transactions<Check> open = new Transactions<>();
  private Remote remote;
  private Pair latest;
  private long sent;
  private long answered;

  Checks(IceSettings settings, IceEvents events, Role role, LocalCandidates locals, CheckList list,
      Nomination nomination, Pacer pacer, RandomGenerator random) {
    this.settings = settings;
    this.events = events;
    this.role = role;
    this.locals = locals;
    this.list = list;
    this.nomination = nomination;
    this.pacer = pacer;
    this.random = random;
  }

  /** Checks can be sent from now on. */
  void begin(Remote peer) {
    remote = peer;
  }

  /**
   * Gives a pair its turn before all others, anew if an ordinary check of it is on its way, which a NAT may have
   * swallowed (RFC 8445 section 7.3.1.4). One that was triggered is only repeated: were it replaced, too, a peer that
   * asks more often than once a round trip would keep every answer from counting.
   */
  void trigger(Pair pair, long now) {
    if (pair.state == Pair.State.IN_PROGRESS) {
      if (pair.urgent) {
        open.hasten(pair.current, now);
        return;
      }
      supersede(pair);
    }
    if (!pair.isValid()) {
      pair.state = Pair.State.WAITING;
    }
    list.trigger(pair);
  }

  private void supersede(Pair pair) {
    if (pair.earlier != null) {
      open.end(pair.earlier);
    }
    open.silence(pair.current);
    pair.earlier = pair.current;
  }

  /** Sends what is due and allowed; what is left has to wait for the pace. */
  void pump(long now) {
    if (remote == null) {
      return;
    }
    Pair proposed = nomination.propose(remote.isLite(), now);
    if (proposed != null) {
      proposed.nominate = true;
      list.trigger(proposed);
    }
    while (list.hasNext() && pacer.tryTake(now)) {
      send(list.next(), now);
    }
  }

  private void send(Pair pair, long now) {
    boolean nominating = pair.nominate && role.isControlling();
    TransactionId id = TransactionId.random(random);
    latest = pair;
    sent++;
    byte[] request = remote.check(id, role, pair.local.peerReflexivePriority(), nominating);
    if (!pair.isValid()) {
      pair.state = Pair.State.IN_PROGRESS;
    }
    pair.current = id;
    long interval = Math.max(settings.retransmit().toNanos(), settings.pace().toNanos() * list.pending());
    open.start(id, pair.socket, pair.to, request, new Check(id, pair, role.current(), nominating), interval,
      settings.transmissions(), now);
  }

  /** Takes a response; false when it answers no check of ours, and nothing changes when it proves nothing. */
  boolean onResponse(StunMessage response, SocketHandle socket, InetSocketAddress from, long now) {
    Check check = open.match(response.transactionId(), socket, from);
    if (check == null || remote == null) {
      return false;
    }
    if (!response.isFrom(remote.key()) || response.unknownRequired().length > 0) {
      return true;
    }
    answered++;
    if (response.messageClass() == StunClass.ERROR) {
      onError(check, response.error(), now);
    } else if (response.mappedAddress() != null) {
      onSuccess(check, response.mappedAddress(), now);
    }
    return true;
  }

  private void onSuccess(Check check, InetSocketAddress mapped, long now) {
    end(check);
    Pair pair = check.pair();
    if (list.find(pair.socket, pair.to) != pair) {
      return;
    }
    pair.state = Pair.State.SUCCEEDED;
    pair.local = locals.seenAs(pair.local, mapped);
    announce(pair);
    if (!role.isControlling() || !pair.nominate) {
      list.untrigger(pair);
    }
    if (role.isControlling() ? check.nominating() : pair.nominate) {
      agree(pair, now);
    } else {
      nomination.valid(pair, now);
    }
  }

  /** A pair that works is nominated: if it is the chosen one, what is worse need not be checked any more. */
  void agree(Pair pair, long now) {
    pair.nominate = false;
    if (nomination.agree(pair, now)) {
      list.keepOnly(pair, !role.isControlling()).forEach(this::abandon);
    }
  }

  private void abandon(Pair pair) {
    if (pair.current != null) {
      open.end(pair.current);
    }
    if (pair.earlier != null) {
      open.end(pair.earlier);
    }
  }

  /** Tells the owner, once, where the peer is. */
  void announce(Pair pair) {
    if (!pair.announced) {
      pair.announced = true;
      events.onPath(pair.socket, pair.to);
    }
  }

  private void onError(Check check, StunError error, long now) {
    end(check);
    boolean conflict = error != null && error.code() == StunError.ROLE_CONFLICT;
    Pair pair = check.pair();
    if (!conflict || remote.isLite() || ++pair.conflicts > MAX_CONFLICTS) {
      fail(check);
      return;
    }
    IceRole before = role.current();
    role.refused(check.role());
    if (before != role.current()) {
      roleChanged();
    }
    if (pair.state == Pair.State.IN_PROGRESS) {
      pair.state = Pair.State.WAITING;
    }
    trigger(pair, now);
  }

  /** Orders the pairs anew for our changed role. */
  void roleChanged() {
    list.prioritise(role.current());
    nomination.roleChanged();
  }

  private void end(Check check) {
    Pair pair = check.pair();
    open.end(check.id());
    if (check.id().equals(pair.earlier)) {
      pair.earlier = null;
    } else if (pair.current != null && check.id().equals(pair.current) && pair.earlier != null) {
      open.end(pair.earlier);
      pair.earlier = null;
    }
  }

  private void fail(Check check) {
    Pair pair = check.pair();
    boolean superseded = !check.id().equals(pair.current) || list.isTriggered(pair);
    if (superseded || pair.isValid() && !check.nominating()) {
      return;
    }
    pair.nominate = false;
    if (!nomination.answers(pair)) {
      pair.state = Pair.State.FAILED;
    }
    nomination.lost(pair);
  }

  /** There is nothing left to send a pair's checks on. */
  void broken(Pair pair) {
    abandon(pair);
    list.untrigger(pair);
    pair.nominate = false;
    pair.state = Pair.State.FAILED;
    nomination.lost(pair);
  }

  void onTimer(long now) {
    open.onTimer(now, this::fail);
  }

  /** What came of all checks so far; {@code received} are the peer's. */
  IceTally tally(long received) {
    return latest == null ? new IceTally(list.made(), sent, answered, received, null, null, null, null)
      : new IceTally(list.made(), sent, answered, received, latest.local.candidate().type(), latest.remote.type(),
        latest.remote.transport(), latest.state.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Nothing is sent and nothing is awaited any more. */
  void stop() {
    list.clear();
    open.clear();
    remote = null;
  }

  long nextDeadline() {
    if (remote == null) {
      return IceAgent.NEVER;
    }
    long next = Math.min(open.nextDeadline(), nomination.nextDeadline());
    return list.hasNext() ? Math.min(next, pacer.readyAt()) : next;
  }
}
