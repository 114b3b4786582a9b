package io.aiconexus.peer;

import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Decides whether a message that came through a gateway is really from its sender, fresh, and seen for the first time.
 * <p>
 * That binds the DTLS fingerprint inside an SDP to the sender's DID, whatever the gateway does. Pure: the clock is a
 * parameter. Memory is bounded: when more ids than {@value #IDS_MAX} are younger than the window, new messages are
 * refused until the oldest have passed it.
 */
final class MessageGuard {

  /** Ids kept; at two windows of 60 s that is 500 accepted messages a second. */
  static final int IDS_MAX = 60_000;

  private final long skewMillis;
  private final LongSupplier wallClockMillis;
  private final Set<Seen> seen = new HashSet<>();
  private final Deque<Expiry> expiries = new ArrayDeque<>();

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
    Seen id = new Seen(message.from().toString(), message.id());
    if (seen.contains(id)) {
      return refusal(ErrorCode.MALFORMED_MESSAGE, "a message of this id was here already");
    }
    if (seen.size() >= IDS_MAX) {
      return refusal(ErrorCode.RECIPIENT_OVERLOADED, "too many messages inside the replay window");
    }
    if (!message.verifies()) {
      return refusal(ErrorCode.INVALID_SIGNATURE, "the signature is not that of the sender over this message");
    }
    seen.add(id);
    expiries.add(new Expiry(now + 2 * skewMillis, id));
    return Optional.empty();
  }

  private void forget(long now) {
    while (!expiries.isEmpty() && expiries.peek().atMillis < now) {
      seen.remove(expiries.poll().id);
    }
  }

  private static Optional<Refusal> refusal(ErrorCode code, String reason) {
    return Optional.of(new Refusal(code, reason));
  }

  /** Why a message was not used. */
  record Refusal(ErrorCode code, String reason) { }

  private record Seen(String from, String id) { }

  private record Expiry(long atMillis, Seen id) { }
}
