package io.aiconexus.metrics;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.MessageType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads events whose authors are not to be trusted: numbers that cannot be and labels out of no closed set.
 * <p>
 * Anything on the event bus can publish an event; none may make a counter fall or a series that nobody foresaw.
 */
final class Readings {

  /** What a label says of a value that nobody foresaw. */
  static final String OTHER = "other";

  static final Set<String> LINK_STATES = Set.of("connecting", "connected", "disconnected", "failed");
  static final Set<String> ENGINES = Set.of("native", "jvm", "loopback");
  /** States of supervised links that count; one that is released is none any more. */
  static final Set<String> SUPERVISION = Set.of("connecting", "up", "grace", "restarting", "exhausted");
  /** Why links do not come up, as reports say it. */
  static final Set<String> VERDICTS = Set.of("peer_absent", "peer_silent", "peer_refused", "signaling_lost",
    "no_common_candidates", "no_local_candidates", "udp_blocked", "turn_auth", "turn_unreachable", "ice_timeout",
    "dtls_failed", "fingerprint_mismatch", "engine_unavailable");
  static final Set<String> ATTEMPTS = Set.of("connect", "ice_restart");
  static final Set<String> MESSAGE_TYPES = names(MessageType.values());
  static final Set<String> FAULTS = Stream.concat(
    Stream.concat(names(Failure.values()).stream(), names(ErrorCode.values()).stream()),
    Stream.of("ICE_SERVER", "SIGNALING_LOST")).map(Readings::lower).collect(Collectors.toUnmodifiableSet());
  static final Set<String> OUTCOMES = Stream.concat(Stream.of("DELIVERED"), names(ErrorCode.values()).stream())
    .map(Readings::lower).collect(Collectors.toUnmodifiableSet());
  /** The statuses with which a handshake is refused. */
  static final Set<String> STATUSES = Set.of("400", "403", "426", "429", "503");
  /** The toolkit's own codes and those of RFC 6455, section 7.4.1; a client may send any other. */
  static final Set<String> CLOSE_CODES = Stream.concat(
    Stream.of(CloseCode.values()).map(code -> String.valueOf(code.number())),
    Stream.of("1002", "1003", "1005", "1006", "1007", "1008", "1011")).collect(Collectors.toUnmodifiableSet());

  private Readings() {
  }

  /** {@code value} when it is one of {@code known}, else {@link #OTHER}. */
  static String oneOf(Set<String> known, Object value) {
    String text = String.valueOf(value);
    return known.contains(text) ? text : OTHER;
  }

  /** As {@link #oneOf} for names that the code writes in capitals. */
  static String lowerOneOf(Set<String> known, Object value) {
    return oneOf(known, lower(String.valueOf(value)));
  }

  /** {@code value} as an object. */
  static JsonObject object(Object value) {
    if (!(value instanceof JsonObject object)) {
      throw new IllegalArgumentException("not an object: " + value);
    }
    return object;
  }

  /** The object under {@code key}; an empty one when absent. */
  static JsonObject object(JsonObject event, String key) {
    return object(event.getValue(key, new JsonObject()));
  }

  /** The list under {@code key}; an empty one when absent. */
  static JsonArray list(JsonObject event, String key) {
    if (!(event.getValue(key, new JsonArray()) instanceof JsonArray list)) {
      throw new IllegalArgumentException("not a list: " + key);
    }
    return list;
  }

  /** The text under {@code key}; anything else as text. */
  static String text(JsonObject event, String key) {
    return String.valueOf(event.getValue(key));
  }

  /** Whether {@code key} is true; anything else is false. */
  static boolean flag(JsonObject event, String key) {
    return Boolean.TRUE.equals(event.getValue(key));
  }

  /** A whole number that is not negative; 0 when absent. */
  static long count(JsonObject event, String key) {
    return counted(event.getValue(key, 0L));
  }

  /** {@code value} as a whole number that is not negative. */
  static long counted(Object value) {
    if (!(value instanceof Number number) || number.longValue() < 0) {
      throw new IllegalArgumentException("not a count: " + value);
    }
    return number.longValue();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static Set<String> names(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name).collect(Collectors.toUnmodifiableSet());
  }
}
