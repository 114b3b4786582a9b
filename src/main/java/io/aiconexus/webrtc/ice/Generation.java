package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunKey;
import io.aiconexus.webrtc.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/** What an ICE restart replaces: the credentials of both sides, the peer's candidates, the pairs and their checks. */
final class Generation {
  /** Paths on which the peer asked before its description came; browsers use one for each of their interfaces. */
  private static final int MAX_EARLY = 16;

  private record Asked(SocketHandle socket, InetSocketAddress from, String ufrag, long priority, boolean nominates) {
  }

  private final IceSettings settings;
  private final IceEvents events;
  private final Role role;
  private final LocalCandidates locals;
  private final IceCredentials local;
  private final StunKey localKey;
  private final CheckList list;
  private final Nomination nomination;
  private final Checks checks;
  private final RemoteCandidates remotes;
  private final List<Asked> early = new ArrayList<>();
  private Remote remote;
  /** When the search fails if nothing is left to try, and when it fails although something is. */
  private long failsAt = IceAgent.NEVER;
  private long endsAt = IceAgent.NEVER;
  private long asked;
  private boolean remoteEnded;
  private boolean late;
  private boolean failed;
  private boolean retired;

  Generation(IceSettings settings, IceEvents events, Role role, LocalCandidates locals, IceCredentials local,
      Pacer pacer, RandomGenerator random, BooleanSupplier selectedAnswers) {
    this.settings = settings;
    this.events = events;
    this.role = role;
    this.locals = locals;
    this.local = local;
    this.localKey = StunKey.shortTerm(local.password());
    this.list = new CheckList(settings.maxPairs());
    this.nomination = new Nomination(settings, role, list, selectedAnswers);
    this.checks = new Checks(settings, events, role, locals, list, nomination, pacer, random);
    this.remotes = new RemoteCandidates(settings.maxRemoteCandidates());
  }

  IceCredentials local() {
    return local;
  }

  /** The peer, or null while its description has not come. */
  Remote remote() {
    return remote;
  }

  Pair selected() {
    return nomination.selected();
  }

  boolean isAgreed() {
    return nomination.isAgreed();
  }

  boolean hasRemoteEnded() {
    return remoteEnded;
  }

  IceTally tally() {
    return checks.tally(asked);
  }

  boolean hasFailed() {
    return failed;
  }

  /** The peer's description has come: checks begin, and what came before it is made up for. */
  void begin(IceCredentials peer, boolean lite, long now) {
    remote = new Remote(peer, local, lite);
    failsAt = now + settings.patience().toNanos();
    endsAt = failsAt + settings.patience().toNanos();
    if (lite) {
      role.become(IceRole.CONTROLLING);
    }
    checks.begin(remote);
    remotes.keepOnly(peer.ufrag());
    remotes.all().forEach(this::pairWithLocals);
    early.forEach(request -> resume(request, now));
    early.clear();
  }

  private void resume(Asked request, long now) {
    Pair pair = request.ufrag().equals(remote.credentials().ufrag()) ? pairOf(request) : null;
    if (pair != null) {
      pair.announced = true;
      learn(request, now);
    }
  }

  boolean addRemote(Candidate candidate) {
    if (failed || remote != null && !RemoteCandidates.belongsTo(candidate, remote.credentials().ufrag())) {
      return false;
    }
    if (candidate.isHostname()) {
      boolean wanted = remotes.addHostname(candidate);
      if (wanted) {
        events.onHostname(candidate);
      }
      return wanted;
    }
    boolean added = remotes.add(candidate);
    if (added && remote != null) {
      pairWithLocals(candidate);
    }
    return added;
  }

  void endRemote() {
    remoteEnded = true;
  }

  private void pairWithLocals(Candidate candidate) {
    for (LocalCandidate each : locals.all()) {
      pair(each, candidate);
    }
  }

  void addLocal(LocalCandidate candidate) {
    if (remote != null) {
      remotes.all().forEach(each -> pair(candidate, each));
    }
  }

  /** Makes a pair, or tells the one that a check has made before who is at its other end. */
  private void pair(LocalCandidate own, Candidate theirs) {
    if (nomination.isAgreed() || !own.isBase() || !own.candidate().transport().equals(theirs.transport())
      || !LocalCandidates.reaches(own, theirs.address().getAddress())) {
      return;
    }
    Pair pair = list.add(own, theirs, role.current());
    if (pair != null && pair.remote != theirs && pair.remote.type() == CandidateType.PEER_REFLEXIVE) {
      pair.remote = theirs;
      list.prioritise(role.current());
    }
  }

  /**
   * Answers a Binding request and does what follows from it (RFC 8445 section 7.3).
   *
   * @return false when it is not for this generation or does not prove to know our password; then nothing happens
   */
  boolean onRequest(StunMessage message, SocketHandle socket, InetSocketAddress from, long now) {
    String username = Objects.requireNonNullElse(message.text(StunAttribute.USERNAME), "");
    String prefix = local.ufrag() + ":";
    if (!username.startsWith(prefix) || !message.isFrom(localKey)) {
      return false;
    }
    asked++;
    PeerRequest request = new PeerRequest(message, username.substring(prefix.length()), socket, from, localKey);
    int[] unknown = message.unknownRequired();
    if (unknown.length > 0) {
      request.refuseUnknown(unknown);
    } else if (retired) {
      request.accept();
    } else if (!failed) {
      onRequest(request, now);
    }
    return true;
  }

  private void onRequest(PeerRequest request, long now) {
    IceRole before = role.current();
    if (role.refuses(request.message())) {
      request.refuseRole();
      return;
    }
    if (before != role.current()) {
      checks.roleChanged();
    }
    request.accept();
    Asked asked = new Asked(request.socket(), request.from(), request.remoteUfrag(), request.priority(),
      request.nominates());
    if (remote == null) {
      keep(asked);
    } else if (asked.ufrag().equals(remote.credentials().ufrag())) {
      learn(asked, now);
    }
  }

  private void keep(Asked request) {
    boolean known = early.removeIf(each -> each.socket() == request.socket() && each.from().equals(request.from()));
    if (early.size() < MAX_EARLY) {
      early.add(request);
      if (!known) {
        events.onPath(request.socket(), request.from());
      }
    }
  }

  private void learn(Asked request, long now) {
    Pair pair = pairOf(request);
    if (pair == null) {
      return;
    }
    checks.announce(pair);
    boolean nominated = request.nominates() && !role.isControlling();
    pair.nominate |= nominated;
    if (pair.isValid()) {
      if (nominated) {
        checks.agree(pair, now);
      }
    } else if (nominated || !nomination.isAgreed() || pair.priority > nomination.selected().priority) {
      checks.trigger(pair, now);
    }
  }

  private Pair pairOf(Asked request) {
    Pair known = list.find(request.socket(), request.from());
    LocalCandidate own = known == null ? locals.base(request.socket(), request.from().getAddress()) : null;
    if (own == null) {
      return known;
    }
    String transport = own.candidate().transport();
    Candidate signaled = remotes.at(request.from(), transport);
    Candidate theirs = signaled != null ? signaled
      : RemoteCandidates.learnt(request.from(), transport, request.priority());
    return list.add(own, theirs, role.current());
  }

  boolean onResponse(StunMessage response, SocketHandle socket, InetSocketAddress from, long now) {
    return checks.onResponse(response, socket, from, now);
  }

  /** A connection is gone, or could not be made. */
  void broken(SocketHandle socket, InetSocketAddress to) {
    Pair pair = list.find(socket, to);
    if (pair != null) {
      checks.broken(pair);
    }
  }

  void pump(long now) {
    checks.pump(now);
  }

  void onTimer(long now) {
    checks.onTimer(now);
    late = now >= failsAt;
    if (nomination.selected() == null && (now >= endsAt || late && list.pending() == 0)) {
      fail();
    }
  }

  /** Ends the search for good. */
  void fail() {
    failed = true;
    checks.stop();
    early.clear();
  }

  /** Only answers from now on: the peer may not know yet that this generation is over. */
  void retire() {
    retired = true;
    checks.stop();
    early.clear();
  }

  long nextDeadline() {
    boolean searching = remote != null && !failed && nomination.selected() == null;
    return searching ? Math.min(checks.nextDeadline(), late ? endsAt : failsAt) : checks.nextDeadline();
  }
}
