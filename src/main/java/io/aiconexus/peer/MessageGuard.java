package io.aiconexus.peer;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Decides whether a message that came through a gateway is really from its sender, fresh, and seen for the first time.
 * <p>
 * That binds the DTLS fingerprint inside an SDP to the sender's DID, whatever the gateway does. Pure: the clock is a
 * parameter. An id is kept until its message would be too old anyway. Memory is bounded, per sender and in all: over a
 * bound new messages are refused until kept ones have grown old.
 */
final class MessageGuard {

  /** Ids kept: at a window of 60 s, 1,600 accepted messages a second. */
  static final int IDS_MAX = 100_000;
  /** Ids kept of one sender: 250 messages a second, more than the 200 that a gateway takes of it. */
  static final int IDS_PER_SENDER_MAX = 15_000;

  private final long skewMillis;
  private final LongSupplier wallClockMillis;
  private final Map<Did, Set<String>> seen = new HashMap<>();
  private final PriorityQueue<Expiry> expiries = new PriorityQueue<>(Comparator.comparingLong(Expiry::afterMillis));

  /**
   * @param skewMillis how much older or newer than now a message may be
   * @param wallClockMillis milliseconds since 1970
   */
  MessageGuard(long skewMillis, LongSupplier wallClockMillis) {
    this.skewMillis = skewMillis;
    this.wallClockMillis = wallClockMillis;
  }

  /** Why the message must not be used, or nothing when it may; a message that may be used is remembered. */
  Optional<Refusal> refuse(Envelope message) {
    long now = wallClockMillis.getAsLong();
    forget(now);
    if (Math.abs(now - message.timestampMillis()) > skewMillis) {
      return refusal(ErrorCode.MALFORMED_MESSAGE, "timestamp is more than " + skewMillis + " ms away from this clock");
    }
    Set<String> ids = seen.getOrDefault(message.from(), Set.of());
    if (ids.contains(message.id())) {
      return Optional.of(new Refusal(ErrorCode.MALFORMED_MESSAGE, "a message of this id was here already", true));
    }
    if (expiries.size() >= IDS_MAX || ids.size() >= IDS_PER_SENDER_MAX) {
      return refusal(ErrorCode.RECIPIENT_OVERLOADED, "too many messages inside the replay window");
    }
    if (!message.verifies()) {
      return refusal(ErrorCode.INVALID_SIGNATURE, "the signature is not that of the sender over this message");
    }
    seen.computeIfAbsent(message.from(), first -> new HashSet<>()).add(message.id());
    expiries.add(new Expiry(message.timestampMillis() + skewMillis, message.from(), message.id()));
    return Optional.empty();
  }

  /** Ids that are kept at the moment. */
  int size() {
    return expiries.size();
  }

  private void forget(long now) {
    while (!expiries.isEmpty() && expiries.peek().afterMillis < now) {
      Expiry old = expiries.poll();
      seen.computeIfPresent(old.from, (from, ids) -> {
        ids.remove(old.id);
        return ids.isEmpty() ? null : ids;
      });
    }
  }

  private static Optional<Refusal> refusal(ErrorCode code, String reason) {
    return Optional.of(new Refusal(code, reason, false));
  }

  /**
   * Why a message was not used.
   *
   * @param repeated whether it was used already: its sender has had, or gets, what comes of it
   */
  record Refusal(ErrorCode code, String reason, boolean repeated) { }

  private record Expiry(long afterMillis, Did from, String id) { }
}
