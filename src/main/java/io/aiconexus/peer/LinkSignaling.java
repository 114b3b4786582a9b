package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.Bye;
import io.aiconexus.protocol.Candidate;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Offer;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.PeerConnection;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What two agents tell each other about their connection, and which connection that is.
 * <p>
 * When both offer at once, the one with the lower DID yields. Everything happens one step after the other, on the
 * agent's context.
 */
final class LinkSignaling {

  /**
   * Offers cross only within a round trip. An offer that comes later than this after ours, in nanoseconds (3 s), shows
   * that the other end never had ours.
   */
  static final long CROSSING_NANOS = 3_000_000_000L;

  private static final Logger log = LoggerFactory.getLogger(LinkSignaling.class);
  private static final int STEPS_MAX = 512;

  private final Link link;
  private final LinkOwner owner;
  private final LinkRestart restart;
  private final Steps steps = new Steps(STEPS_MAX);
  private Negotiation negotiation;
  private Crossed crossed;
  private long offeredNanos;

  LinkSignaling(Link link, LinkOwner owner, LinkNews news) {
    this.link = link;
    this.owner = owner;
    this.restart = new LinkRestart(link, owner, news);
  }

  /** Names the connection that carries the link at the moment, or null when none does. */
  String connectionId() {
    return negotiation == null ? null : negotiation.connectionId();
  }

  /** What carries the link at the moment, or null. */
  PeerConnection connection() {
    return negotiation == null ? null : negotiation.connection();
  }

  boolean isCurrent(Negotiation other) {
    return negotiation != null && negotiation == other;
  }

  /** Offers a connection, unless there is one by then; {@code channels} makes what it is to carry. */
  void offer(Supplier<Future<Void>> channels) {
    step(() -> negotiation != null ? Future.succeededFuture() : open(Messages.newId()).compose(fresh ->
      channels.get().compose(made -> {
        offeredNanos = owner.nanos();
        link.attempt().reach(ConnectPhase.SIGNALING);
        return fresh.offer();
      }))).onFailure(link::failed);
  }

  /** Offers a new path for the connection that is there; fails with NOT_CONNECTED when there is none. */
  Future<Void> restartIce() {
    return step(() -> negotiation == null || !negotiation.answered()
      ? Future.failedFuture(Failure.NOT_CONNECTED.because("the link to " + link.remote() + " has no connection yet"))
      : restart.giveUp().compose(told -> owner.iceServers(true)).compose(servers -> {
        restart.begin(servers);
        return negotiation.restartIce(servers);
      }).onFailure(restart::failed));
  }

  LinkRestart restart() {
    return restart;
  }

  /** The link ends, and has {@code failed} with a report of its own or not; succeeds once the restart's is told. */
  Future<Void> endRestart(boolean failed) {
    if (failed) {
      restart.end();
    }
    return restart.giveUp();
  }

  /** Takes an offer of the other end, the message of that id; the future fails when it could not be used. */
  Future<Void> onOffer(Offer offer, String id, long timeoutMs) {
    return step(() -> {
      if (names(offer.connectionId())) {
        link.attempt().foundThere(offer.sdp());
        Negotiation named = negotiation;
        return named.onOffer(offer.sdp(), id).onSuccess(done -> {
          if (!named.offering()) {
            link.attempt().reach(ConnectPhase.ICE);
          }
        });
      }
      if (oursStands()) {
        log.debug("{}: offers crossed, ours to {} stands", link.local(), link.remote());
        crossed = new Crossed(offer, id, timeoutMs, new ArrayDeque<>());
        return Future.succeededFuture();
      }
      return replaceBy(new Crossed(offer, id, timeoutMs, new ArrayDeque<>()));
    });
  }

  Future<Void> onAnswer(Answer answer) {
    return step(() -> {
      if (!names(answer.connectionId())) {
        return Future.succeededFuture();
      }
      crossed = null;
      link.attempt().foundThere(answer.sdp());
      return negotiation.onAnswer(answer.sdp())
        .onSuccess(done -> link.attempt().reach(ConnectPhase.ICE))
        .onFailure(cause ->
          link.failed(Failure.CONNECT_FAILED.because("the other end's answer cannot be used: " + cause.getMessage())));
    });
  }

  Future<Void> onCandidate(Candidate candidate) {
    IceCandidate found = new IceCandidate(candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex(),
      candidate.usernameFragment());
    return step(() -> {
      if (names(candidate.connectionId())) {
        link.attempt().foundThere(candidate.candidate());
        return negotiation.onCandidate(found);
      }
      if (isCrossed(candidate.connectionId()) && crossed.candidates.size() < owner.options().earlyCandidates()) {
        crossed.candidates.add(found);
      }
      return Future.succeededFuture();
    });
  }

  Future<Void> onBye(Bye bye) {
    return step(() -> {
      if (isCrossed(bye.connectionId())) {
        crossed = null;
      }
      if (names(bye.connectionId())) {
        link.closedByOther(bye.reason());
      }
      return Future.succeededFuture();
    });
  }

  /**
   * Our description did not arrive or was not taken: theirs may do where offers crossed, else there is no connection.
   */
  void onRefused(Throwable cause) {
    if (link.state() != LinkState.CONNECTING) {
      restart.failed(cause);
      return;
    }
    step(() -> {
      if (crossed == null) {
        link.failed(cause);
        return Future.succeededFuture();
      }
      return replaceBy(crossed);
    }).onFailure(link::failed);
  }

  /** Closes what carries the link; {@code tell} says whether the other end must hear of it. */
  Future<Void> end(boolean tell) {
    crossed = null;
    if (negotiation == null) {
      return Future.succeededFuture();
    }
    Negotiation last = negotiation;
    negotiation = null;
    last.end();
    if (tell) {
      owner.signal(link, last.connectionId(), new Bye(last.connectionId(), null), null);
    }
    return last.connection().close();
  }

  private Future<Void> replaceBy(Crossed theirs) {
    restart.giveUp();
    Negotiation replaced = negotiation;
    negotiation = null;
    crossed = null;
    link.replacing(theirs.timeoutMs);
    if (replaced != null) {
      replaced.end();
      replaced.connection().close().onFailure(cause ->
        log.warn("{}: closing connection {} failed", link.local(), replaced.connectionId(), cause));
    }
    return open(theirs.offer.connectionId())
      .compose(fresh -> {
        link.attempt().reach(ConnectPhase.SIGNALING);
        link.attempt().foundThere(theirs.offer.sdp());
        theirs.candidates.forEach(candidate -> link.attempt().foundThere(candidate.candidate()));
        theirs.candidates.forEach(fresh::onCandidate);
        return fresh.onOffer(theirs.offer.sdp(), theirs.id);
      })
      .onSuccess(answered -> link.attempt().reach(ConnectPhase.ICE))
      .onFailure(link::failed);
  }

  private Future<Negotiation> open(String connectionId) {
    LinkConnection events = new LinkConnection(link, this);
    return owner.iceServers(false).compose(servers -> {
      link.attempt().gathers(servers);
      return owner.connection(servers, events);
    }).compose(connection -> {
      if (link.state() == LinkState.CLOSED) {
        return connection.close().compose(closed ->
          Future.failedFuture(Failure.CANCELLED.because("the link was closed")));
      }
      negotiation = new Negotiation(connectionId, polite(), connection, owner.options().earlyCandidates(),
        (payload, answered) -> owner.signal(link, connectionId, payload, answered), owner::after);
      events.carries(negotiation);
      return Future.succeededFuture(negotiation);
    });
  }

  /** The end with the lower DID yields when both do the same at once. */
  private boolean polite() {
    return link.local().toString().compareTo(link.remote().toString()) < 0;
  }

  private boolean oursStands() {
    return negotiation != null && !negotiation.answered() && !polite()
      && owner.nanos() - offeredNanos < CROSSING_NANOS;
  }

  private boolean names(String connectionId) {
    return connectionId.equals(connectionId());
  }

  private boolean isCrossed(String connectionId) {
    return crossed != null && crossed.offer.connectionId().equals(connectionId);
  }

  private Future<Void> step(Supplier<Future<Void>> operation) {
    return steps.then(() -> link.state() == LinkState.CLOSED ? Future.succeededFuture() : operation.get());
  }

  /** An offer of the other end; one that crossed ours is kept for the case that ours is refused. */
  private record Crossed(Offer offer, String id, long timeoutMs, Deque<IceCandidate> candidates) { }
}
