package io.aiconexus.signaling;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;
import io.aiconexus.protocol.Limits;
import java.time.Duration;

/**
 * How much one session may do, and how long the gateway waits for it. Sizes of messages are counted in bytes of UTF-8,
 * sizes of queues in characters.
 *
 * @param registerTimeout from the open socket to REGISTER; 5 s is ten slow round trips, and no stranger stays longer
 * @param heartbeat between two pings; 25 s stays under the 30 s after which the strictest NATs and proxies forget a
 *   connection
 * @param resumeWindow how long a session waits for its agent after the socket dropped; 30 s covers a change of network
 * @param resumeMessages messages kept for it meanwhile
 * @param resumeBytes characters kept for it meanwhile
 * @param maxMessageBytes longest message; 256 KiB is several times the largest session description of a browser
 * @param messagesPerSecond sustained rate; a connect costs a dozen messages, so 200 are some 15 connects a second
 * @param burst messages taken at once over that rate: two seconds' worth, since candidates come in bursts
 * @param outboxBytes characters waiting for a slow reader before it is let go
 * @param queueBytes characters waiting in all sessions of one instance; beyond it only sessions with nothing waiting
 *   get more, so that ten thousand slow readers cannot exhaust the heap
 */
public record SessionOptions(Duration registerTimeout, Duration heartbeat, Duration resumeWindow, int resumeMessages,
                             int resumeBytes, int maxMessageBytes, int messagesPerSecond, int burst, int outboxBytes,
                             int queueBytes) {

  /** 5 s, 25 s, 30 s, 256 messages, 1 MiB, 256 KiB, 200 a second, 400, 1 MiB, 64 MiB. */
  public static final SessionOptions DEFAULTS = new SessionOptions(Duration.ofSeconds(5), Duration.ofSeconds(25),
    Duration.ofSeconds(30), Limits.RESUME_MESSAGES, Limits.RESUME_BYTES, Limits.MESSAGE_BYTES, 200, 400, 1024 * 1024,
    64 * 1024 * 1024);

  private static final int SMALLEST_MESSAGE = 4096;

  /** Checks every range; fails with a {@link io.aiconexus.config.ConfigurationException}. */
  public SessionOptions {
    check(registerTimeout.toMillis() >= 1, "signaling.register_timeout_ms", "at least 1", registerTimeout.toMillis());
    check(heartbeat.toMillis() >= 10, "signaling.heartbeat_ms", "at least 10", heartbeat.toMillis());
    check(!resumeWindow.isNegative(), "signaling.resume_window_ms", "at least 0", resumeWindow.toMillis());
    check(resumeMessages >= 0, "signaling.resume_messages", "at least 0", resumeMessages);
    check(resumeBytes >= 0, "signaling.resume_bytes", "at least 0", resumeBytes);
    check(maxMessageBytes >= SMALLEST_MESSAGE && maxMessageBytes <= 64 * Limits.MESSAGE_BYTES,
      "signaling.max_message_bytes", "4096 (a REGISTER must fit) to 16777216", maxMessageBytes);
    check(messagesPerSecond >= 1, "signaling.messages_per_second", "at least 1", messagesPerSecond);
    check(burst >= 1, "signaling.burst", "at least 1", burst);
    check(outboxBytes >= maxMessageBytes, "signaling.outbox_bytes", "at least signaling.max_message_bytes ("
      + maxMessageBytes + ")", outboxBytes);
    check(queueBytes >= outboxBytes, "signaling.queue_bytes", "at least signaling.outbox_bytes (" + outboxBytes + ")",
      queueBytes);
  }

  static SessionOptions from(Section section) {
    return new SessionOptions(
      section.millis("register_timeout_ms", DEFAULTS.registerTimeout),
      section.millis("heartbeat_ms", DEFAULTS.heartbeat),
      section.millis("resume_window_ms", DEFAULTS.resumeWindow),
      section.integer("resume_messages", DEFAULTS.resumeMessages),
      section.integer("resume_bytes", DEFAULTS.resumeBytes),
      section.integer("max_message_bytes", DEFAULTS.maxMessageBytes),
      section.integer("messages_per_second", DEFAULTS.messagesPerSecond),
      section.integer("burst", DEFAULTS.burst),
      section.integer("outbox_bytes", DEFAULTS.outboxBytes),
      section.integer("queue_bytes", DEFAULTS.queueBytes));
  }
}
