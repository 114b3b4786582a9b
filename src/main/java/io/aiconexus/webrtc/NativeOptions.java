package io.aiconexus.webrtc;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;

/**
 * What the native engine may use; {@code webrtc.native} in the configuration.
 *
 * @param lanes libwebrtc factories, each with one Java thread, 1 to 64
 * @param releaseHandles whether to give back what {@code close()} of webrtc-java 0.14.0 leaks; does nothing on others
 * @param tcp whether TCP candidates are gathered too: three descriptors more per connection, and far slower connects
 * @param ipv6 whether IPv6 candidates are gathered
 * @param portMin lowest UDP port, 0 = any
 * @param portMax highest UDP port, 0 = any
 * @param highWaterBytes how much one channel gives to libwebrtc before it waits, 64 KiB to 16 MiB (there libwebrtc
 *   drops)
 * @param lowWaterBytes what must be left of that before it goes on, less than {@code highWaterBytes}
 * @param hardCapBytes how much one channel queues in all before {@code send} fails, {@code highWaterBytes} or more
 * @param receiveCapBytes how much one channel keeps for a reader that is paused or slow before it is closed, 256 KiB or
 *   more
 * @param messageBudget messages a lane receives before it is replaced, since each keeps about 88 bytes; 1 or more
 * @param maxConnections connections held at once, 1 or more
 */
public record NativeOptions(int lanes, boolean releaseHandles, boolean tcp, boolean ipv6, int portMin, int portMax,
                            long highWaterBytes, long lowWaterBytes, long hardCapBytes, long receiveCapBytes,
                            long messageBudget, int maxConnections) {

  /** Two lanes, no TCP, 1 MiB in flight and 8 MiB queued per channel, a million messages per lane. */
  public static final NativeOptions DEFAULTS = new NativeOptions(2, true, false, true, 0, 0, 1 << 20, 256 << 10,
    8 << 20, 32 << 20, 1_000_000, 5_000);

  private static final String PATH = "webrtc.native.";
  private static final int MAX_LANES = 64;
  private static final int MAX_PORT = 65_535;

  /** Checks every range. */
  public NativeOptions {
    check(lanes >= 1 && lanes <= MAX_LANES, PATH + "lanes", "1 to " + MAX_LANES, lanes);
    check(portMin >= 0 && portMin <= MAX_PORT, PATH + "port_min", "0 to " + MAX_PORT, portMin);
    check(portMax >= portMin && portMax <= MAX_PORT, PATH + "port_max", "port_min to " + MAX_PORT, portMax);
    check((portMin == 0) == (portMax == 0), PATH + "port_min and port_max", "given together", portMin + ", " + portMax);
    check(highWaterBytes >= 64 << 10 && highWaterBytes <= 16 << 20, PATH + "high_water_bytes",
      "65536 to 16777216", highWaterBytes);
    check(lowWaterBytes >= 0 && lowWaterBytes < highWaterBytes, PATH + "low_water_bytes",
      "0 or more and less than high_water_bytes", lowWaterBytes);
    check(hardCapBytes >= highWaterBytes, PATH + "hard_cap_bytes", "high_water_bytes or more", hardCapBytes);
    check(receiveCapBytes >= 256 << 10, PATH + "receive_cap_bytes", "262144 or more", receiveCapBytes);
    check(messageBudget >= 1, PATH + "message_budget", "1 or more", messageBudget);
    check(maxConnections >= 1, PATH + "max_connections", "1 or more", maxConnections);
  }

  /** Reads them; every key has a default. */
  public static NativeOptions from(Section section) {
    NativeOptions options = new NativeOptions(section.integer("lanes", DEFAULTS.lanes),
      section.flag("release_handles", DEFAULTS.releaseHandles), section.flag("tcp", DEFAULTS.tcp),
      section.flag("ipv6", DEFAULTS.ipv6), section.integer("port_min", DEFAULTS.portMin),
      section.integer("port_max", DEFAULTS.portMax), section.number("high_water_bytes", DEFAULTS.highWaterBytes),
      section.number("low_water_bytes", DEFAULTS.lowWaterBytes),
      section.number("hard_cap_bytes", DEFAULTS.hardCapBytes),
      section.number("receive_cap_bytes", DEFAULTS.receiveCapBytes),
      section.number("message_budget", DEFAULTS.messageBudget),
      section.integer("max_connections", DEFAULTS.maxConnections));
    section.end();
    return options;
  }
}
