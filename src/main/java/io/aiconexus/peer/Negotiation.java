package io.aiconexus.peer;

import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.Candidate;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.Offer;
import io.aiconexus.protocol.Payload;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.SessionDescription;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers, answers and candidates of one connection: perfect negotiation (W3C WebRTC, section 10.7) with trickle ICE.
 * <p>
 * Its owner calls one operation after the other, each when the one before is done.
 */
final class Negotiation {

  /** How long a description waits for its first candidate; a machine's own addresses come within a few milliseconds. */
  private static final long FIRST_CANDIDATE_MS = 10;
  /** How long it then waits for more of them, which come together; who asks a server sends the rest as they come. */
  private static final long MORE_CANDIDATES_MS = 1;
  private static final Logger log = LoggerFactory.getLogger(Negotiation.class);

  private final String connectionId;
  private final boolean polite;
  private final PeerConnection connection;
  private final int earlyMax;
  private final BiConsumer<Payload, String> signals;
  private final BiConsumer<Long, Runnable> moment;
  private final Deque<IceCandidate> early = new ArrayDeque<>();
  private final Deque<IceCandidate> unsent = new ArrayDeque<>();
  private boolean offering;
  private boolean answered;
  private boolean remoteDescribed;
  private boolean localAnnounced;
  private Runnable held;

  /**
   * @param polite whether this end yields when both offer at once
   * @param earlyMax candidates that wait for a remote description at most
   * @param signals takes what is to be sent to the other end, and the id of the message that it answers, or null
   * @param moment runs something after so many milliseconds
   */
  Negotiation(String connectionId, boolean polite, PeerConnection connection, int earlyMax,
              BiConsumer<Payload, String> signals, BiConsumer<Long, Runnable> moment) {
    this.connectionId = connectionId;
    this.polite = polite;
    this.connection = connection;
    this.earlyMax = earlyMax;
    this.signals = signals;
    this.moment = moment;
  }

  String connectionId() {
    return connectionId;
  }

  PeerConnection connection() {
    return connection;
  }

  /** Whether both ends have described themselves at least once. */
  boolean answered() {
    return answered;
  }

  /** Whether an offer of ours waits for its answer. */
  boolean offering() {
    return offering;
  }

  /** Sends an offer. */
  Future<Void> offer() {
    offering = true;
    return describe().<Void>map(local -> {
      announce(text -> new Offer(connectionId, text), null, local.sdp());
      return null;
    }).onFailure(none -> offering = false);
  }

  /**
   * Offers renewed ICE credentials and candidates of those servers. An offer that nobody answered is given up; an
   * answer that waits for its candidates leaves first.
   */
  Future<Void> restartIce(List<IceServer> servers) {
    if (offering) {
      end();
    } else if (held != null) {
      held.run();
    }
    return (offering ? connection.rollback() : Future.<Void>succeededFuture()).compose(stable -> {
      connection.setIceServers(servers);
      connection.restartIce();
      return offer();
    });
  }

  /** Takes an offer, the message of that id, and answers it, unless this end has the word. */
  Future<Void> onOffer(String sdp, String id) {
    if (offering && !polite) {
      log.debug("{}: an offer crossed ours and is ignored, the other end yields", connectionId);
      return Future.succeededFuture();
    }
    Future<Void> yielded = offering ? connection.rollback() : Future.succeededFuture();
    if (offering) {
      end();
    }
    offering = false;
    return yielded
      .compose(ready -> connection.setRemoteDescription(SessionDescription.offer(sdp)))
      .compose(applied -> addEarlyCandidates())
      .compose(added -> describe())
      .map(local -> {
        answered = true;
        announce(text -> new Answer(connectionId, text), id, local.sdp());
        return null;
      });
  }

  /** Takes the answer to our offer. */
  Future<Void> onAnswer(String sdp) {
    if (!offering) {
      log.debug("{}: an answer to no offer is ignored", connectionId);
      return Future.succeededFuture();
    }
    offering = false;
    return connection.setRemoteDescription(SessionDescription.answer(sdp)).compose(applied -> {
      answered = true;
      return addEarlyCandidates();
    });
  }

  /** Takes a candidate of the other end; it waits while there is no description it could belong to. */
  Future<Void> onCandidate(IceCandidate candidate) {
    if (remoteDescribed) {
      return connection.addIceCandidate(candidate);
    }
    if (early.size() == earlyMax) {
      log.warn("{}: dropped a candidate, {} wait already for their description", connectionId, earlyMax);
    } else {
      early.add(candidate);
    }
    return Future.succeededFuture();
  }

  /** Sends a candidate of this end, after the description it belongs to (RFC 8838, section 8.1). */
  void onLocalCandidate(IceCandidate candidate) {
    if (localAnnounced) {
      send(candidate);
    } else {
      unsent.add(candidate);
      if (held != null && candidate.isEnd()) {
        held.run();
      } else if (held != null && unsent.size() == 1) {
        releaseAfter(MORE_CANDIDATES_MS);
      }
    }
  }

  /** Nothing of it is sent any more. */
  void end() {
    held = null;
    unsent.clear();
  }

  private Future<SessionDescription> describe() {
    localAnnounced = false;
    held = null;
    return connection.setLocalDescription();
  }

  /**
   * Sends a description once its candidates are gathered, or have had a moment to be: those that come that fast go
   * inside it, and save a signed message each.
   */
  private void announce(Function<String, Payload> description, String answered, String sdp) {
    held = () -> {
      held = null;
      localAnnounced = true;
      signals.accept(description.apply(withCandidates(sdp)), answered);
      unsent.forEach(this::send);
      unsent.clear();
    };
    if (endsWithLast()) {
      held.run();
    } else {
      releaseAfter(unsent.isEmpty() ? FIRST_CANDIDATE_MS : MORE_CANDIDATES_MS);
    }
  }

  private void releaseAfter(long millis) {
    Runnable mine = held;
    moment.accept(millis, () -> {
      if (held == mine && mine != null) {
        mine.run();
      }
    });
  }

  /** There is one media section, so that what belongs to it stands at the end. */
  private String withCandidates(String sdp) {
    StringBuilder text = new StringBuilder(sdp);
    boolean end = endsWithLast();
    while (!unsent.isEmpty() && !unsent.peek().isEnd()) {
      text.append("a=").append(unsent.poll().candidate()).append("\r\n");
    }
    if (end) {
      unsent.clear();
      text.append("a=end-of-candidates\r\n");
    }
    return text.toString();
  }

  private boolean endsWithLast() {
    return !unsent.isEmpty() && unsent.peekLast().isEnd();
  }

  private void send(IceCandidate candidate) {
    signals.accept(new Candidate(connectionId, candidate.candidate(), candidate.sdpMid(), candidate.sdpMLineIndex(),
      candidate.usernameFragment()), null);
  }

  private Future<Void> addEarlyCandidates() {
    remoteDescribed = true;
    Future<Void> added = Future.succeededFuture();
    for (IceCandidate candidate : early) {
      added = added.compose(previous -> connection.addIceCandidate(candidate)).otherwise(unusable -> {
        log.warn("{}: left out a candidate that came early: {}", connectionId, unusable.getMessage());
        return null;
      });
    }
    early.clear();
    return added;
  }
}
