package io.aiconexus.webrtc.sctp;

import io.aiconexus.webrtc.sctp.Deadlines.Timer;
import java.util.Optional;

/** Gives each timer that is due to the one who set it. */
final class TimerDispatcher {

  private final int maxRetransmits;
  private final Deadlines deadlines;
  private final Handshake handshake;
  private final Transmitter transmitter;
  private final InboundData inbound;
  private final StreamResets resets;
  private final Heartbeat heartbeat;
  private final Shutdown shutdown;
  private long timeouts;

  TimerDispatcher(int maxRetransmits, Deadlines deadlines, Handshake handshake, Transmitter transmitter,
                  InboundData inbound, StreamResets resets, Heartbeat heartbeat, Shutdown shutdown) {
    this.maxRetransmits = maxRetransmits;
    this.deadlines = deadlines;
    this.handshake = handshake;
    this.transmitter = transmitter;
    this.inbound = inbound;
    this.resets = resets;
    this.heartbeat = heartbeat;
    this.shutdown = shutdown;
  }

  /** Times that T3-rtx fired. */
  long timeouts() {
    return timeouts;
  }

  /** Lets fire what is due; returns why the peer counts as unreachable, if it does now. */
  Optional<String> fire(long now) {
    if (deadlines.fire(Timer.HANDSHAKE, now)) {
      handshake.timedOut(now);
    }
    if (deadlines.fire(Timer.SACK, now)) {
      inbound.acknowledger().timedOut();
    }
    if (deadlines.fire(Timer.PROBE, now)) {
      transmitter.probe(now);
    }
    if (deadlines.fire(Timer.SHUTDOWN, now)) {
      shutdown.timedOut(now);
    }
    if (deadlines.fire(Timer.GUARD, now)) {
      return Optional.of("the shutdown took too long");
    }
    int unanswered = unanswered(now);
    return unanswered > maxRetransmits
      ? Optional.of("no answer to " + unanswered + " tries in a row") : Optional.empty();
  }

  private int unanswered(long now) {
    int most = 0;
    if (deadlines.fire(Timer.RETRANSMIT, now)) {
      timeouts++;
      most = transmitter.timedOut(now);
    }
    if (deadlines.fire(Timer.RESET, now)) {
      most = Math.max(most, resets.timedOut(now));
    }
    if (deadlines.fire(Timer.HEARTBEAT, now)) {
      most = Math.max(most, heartbeat.timedOut(now));
    }
    return most;
  }
}
