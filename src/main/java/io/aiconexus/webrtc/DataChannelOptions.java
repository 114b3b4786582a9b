package io.aiconexus.webrtc;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/**
 * How a data channel delivers (W3C WebRTC, RTCDataChannelInit). At most one of the two limits makes it unreliable.
 *
 * @param ordered whether messages arrive in the order they were sent
 * @param maxRetransmits how often a message is sent again before it is given up, 0 to 65535, or null for ever
 * @param maxPacketLifeTime for how long a message is sent again, in milliseconds, 0 to 65535, or null for ever
 * @param protocol subprotocol, at most 65535 bytes
 * @param negotiated whether both ends make the channel themselves under the same {@code id}, without announcing it
 * @param id stream id, 0 to 65534; only and always with {@code negotiated}, else null
 */
public record DataChannelOptions(boolean ordered, Integer maxRetransmits, Integer maxPacketLifeTime, String protocol,
                                 boolean negotiated, Integer id) {

  /** Ordered and reliable, announced in band. */
  public static final DataChannelOptions DEFAULTS = new DataChannelOptions(true, null, null, "", false, null);

  private static final int SHORT_MAX = 65_535;

  /** Checks the rules of W3C WebRTC, createDataChannel. */
  public DataChannelOptions {
    check(maxRetransmits == null || maxPacketLifeTime == null, "max_retransmits and max_packet_life_time",
      "given one at a time", maxRetransmits + " and " + maxPacketLifeTime);
    checkShort("max_retransmits", maxRetransmits, SHORT_MAX);
    checkShort("max_packet_life_time", maxPacketLifeTime, SHORT_MAX);
    checkShort("id", id, SHORT_MAX - 1);
    checkLength("protocol", protocol);
    check(negotiated == (id != null), "id", "given with negotiated, and only then", id);
  }

  /** A channel both ends make themselves under that stream id. */
  public static DataChannelOptions negotiated(int id) {
    return new DataChannelOptions(true, null, null, "", true, id);
  }

  /** Reads the options of a channel from a command; unknown keys are refused. */
  public static DataChannelOptions from(JsonObject json) {
    Section section = Section.of("channel", json);
    section.string("label", "");
    DataChannelOptions options = new DataChannelOptions(section.flag("ordered", true),
      section.optionalInteger("max_retransmits"), section.optionalInteger("max_packet_life_time"),
      section.string("protocol", ""), section.flag("negotiated", false), section.optionalInteger("id"));
    section.end();
    return options;
  }

  /** Whether every message arrives. */
  public boolean reliable() {
    return maxRetransmits == null && maxPacketLifeTime == null;
  }

  /** Checks a label as W3C's createDataChannel does: at most 65535 bytes. */
  static void checkLabel(String label) {
    checkLength("label", label);
  }

  private static void checkLength(String key, String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    check(length <= SHORT_MAX, key, "at most " + SHORT_MAX + " bytes", length);
  }

  private static void checkShort(String key, Integer value, int max) {
    check(value == null || value >= 0 && value <= max, key, "0 to " + max, value);
  }
}
