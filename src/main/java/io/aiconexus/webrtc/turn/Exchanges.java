package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunClass;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunKey;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.TransactionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Requests on their way: repeated over UDP, authenticated, answered or given up (RFC 8489 sections 6.2 and 9.2.5). */
final class Exchanges {
  /** The last wait, in first intervals: Rm of RFC 8489 section 6.2.1. */
  private static final int LAST_WAIT = 16;
  /** Stale nonces that one request gets over; a server with more of them in a row will not stop. */
  private static final int MAX_STALE = 3;
  /** The deadline of a request that has been sent at a time not known yet. */
  private static final long UNSTAMPED = Long.MIN_VALUE;

  private static final class Open {
    final Request request;
    final byte[] bytes;
    /** Null for a request that was not signed. */
    final StunKey key;
    final int stale;
    int left;
    long interval;
    long at = UNSTAMPED;

    Open(Request request, byte[] bytes, StunKey key, int stale) {
      this.request = request;
      this.bytes = bytes;
      this.key = key;
      this.stale = stale;
    }
  }

  private final ServerLink link;
  private final boolean stream;
  private final TurnSettings settings;
  private final Authentication authentication;
  private final RandomGenerator random;
  private final Map<TransactionId, Open> open = new HashMap<>();

  Exchanges(ServerLink link, boolean stream, TurnSettings settings, TurnCredentials credentials,
      RandomGenerator random) {
    this.link = link;
    this.stream = stream;
    this.settings = settings;
    this.authentication = new Authentication(credentials);
    this.random = random;
  }

  /** Sends a request at once; its time begins with the next {@link #stamp}. */
  void start(Request request) {
    start(request, 0);
  }

  private void start(Request request, int stale) {
    TransactionId id = TransactionId.random(random);
    StunBuilder message = StunBuilder.request(request.method(), id);
    request.attributes().accept(message);
    Open exchange = new Open(request, authentication.seal(message), authentication.key(), stale);
    exchange.left = stream ? 0 : request.transmissions() - 1;
    exchange.interval = settings.retransmit().toNanos();
    open.put(id, exchange);
    link.send(exchange.bytes);
  }

  /** Lets the time of what has been sent since the last call begin. */
  void stamp(long now) {
    for (Open exchange : open.values()) {
      if (exchange.at == UNSTAMPED) {
        exchange.at = now + wait(exchange);
      }
    }
  }

  private long wait(Open exchange) {
    if (stream) {
      return settings.streamTimeout().toNanos();
    }
    return exchange.left == 0 ? LAST_WAIT * settings.retransmit().toNanos() : exchange.interval;
  }

  /**
   * Takes a response.
   *
   * @return false if it answers nothing, or does not prove to come from the server: then it has not been received
   */
  boolean receive(StunMessage response, long now) {
    Open exchange = open.get(response.transactionId());
    boolean failed = response.messageClass() == StunClass.ERROR;
    StunError error = failed ? response.error() : null;
    if (exchange == null || exchange.request.method() != response.method() || failed && error == null
        || response.unknownRequired().length > 0 || !isTrusted(exchange, error, response)) {
      return false;
    }
    open.remove(response.transactionId());
    if (failed) {
      onError(exchange, error, response, now);
    } else {
      exchange.request.answer().onSuccess(response, now);
    }
    return true;
  }

  /** Challenges come unsigned (RFC 8489 section 9.2.4); everything else has to be signed if the request was. */
  private static boolean isTrusted(Open exchange, StunError error, StunMessage response) {
    boolean challenge = error != null
      && (error.code() == StunError.UNAUTHENTICATED || error.code() == StunError.STALE_NONCE);
    return exchange.key == null || challenge || response.isFrom(exchange.key);
  }

  private void onError(Open exchange, StunError error, StunMessage response, long now) {
    boolean asked = error.code() == StunError.UNAUTHENTICATED && exchange.key == null;
    boolean stale = error.code() == StunError.STALE_NONCE && exchange.key != null && exchange.stale < MAX_STALE;
    if ((asked || stale) && authentication.takeChallenge(response)) {
      start(exchange.request, exchange.stale + (stale ? 1 : 0));
    } else {
      exchange.request.answer().onError(error, response, now);
    }
  }

  /** Repeats what is due; true if a request has waited long enough for an answer. */
  boolean onTimer(long now) {
    List<Open> due = new ArrayList<>(0);
    open.values().forEach(exchange -> {
      if (exchange.at != UNSTAMPED && exchange.at <= now) {
        due.add(exchange);
      }
    });
    boolean silent = false;
    for (Open exchange : due) {
      silent |= exchange.left == 0;
      repeat(exchange, now);
    }
    return silent;
  }

  private void repeat(Open exchange, long now) {
    if (exchange.left > 0) {
      link.send(exchange.bytes);
      exchange.left--;
      exchange.interval *= 2;
      exchange.at = now + wait(exchange);
    }
  }

  void clear() {
    open.clear();
  }

  /** {@link Long#MIN_VALUE} when something waits for {@link #stamp}. */
  long nextDeadline() {
    long next = TurnAllocation.NEVER;
    for (Open exchange : open.values()) {
      next = Math.min(next, exchange.at);
    }
    return next;
  }
}
