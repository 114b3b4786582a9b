package io.aiconexus.signaling;

import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/**
 * How one session leaves a draining node. Times are on the clock of {@link SessionScope#nanos}.
 *
 * @param returnNanos when its agent may come back; other agents have other moments
 * @param deadlineNanos when it must have left, whatever waits for it
 */
record Leave(long returnNanos, long deadlineNanos) {

  boolean isOverdue(long nowNanos) {
    return nowNanos - deadlineNanos >= 0;
  }

  /** What the agent is told. */
  Fault farewell(long nowNanos) {
    long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, returnNanos - nowNanos));
    return Fault.of(ErrorCode.INTERNAL_ERROR, "this node drains; come back in " + millis + " ms").retryAfter(millis)
      .with(new JsonObject().put("reconnect_after_ms", millis));
  }
}
