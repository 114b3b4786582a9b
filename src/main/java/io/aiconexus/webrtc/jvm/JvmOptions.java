package io.aiconexus.webrtc.jvm;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;

/**
 * What the engine in Java may use; {@code webrtc.jvm} in the configuration.
 *
 * @param sharedSockets whether connections that answer share one UDP socket per event loop; false = a socket each
 * @param loopback whether loopback addresses are candidates beside others; they are when there are no others
 * @param tcp whether candidates that open TCP connections are shown too, for networks that let no UDP through
 * @param ipv6 whether IPv6 addresses are candidates
 * @param portMin lowest UDP port, 0 = any
 * @param portMax highest UDP port, 0 = any
 * @param handshakeThreads DTLS handshakes of each role at once, 1 to 1024; each holds a thread for its round trips
 * @param mtu longest UDP payload sent, in bytes, 576 to 4096
 * @param socketBufferBytes what the system is asked to hold per socket and direction, 64 KiB to 64 MiB
 * @param receiveWindowBytes what a connection holds for slow readers before the other end waits, 512 KiB to 64 MiB
 * @param hardCapBytes how much one connection queues before {@code send} fails, 512 KiB to 64 MiB
 * @param maxChannels channels open at once on one connection, 1 to 65535
 * @param maxConnections connections held at once, 1 or more
 */
public record JvmOptions(boolean sharedSockets, boolean loopback, boolean tcp, boolean ipv6, int portMin, int portMax,
                         int handshakeThreads, int mtu, int socketBufferBytes, int receiveWindowBytes, int hardCapBytes,
                         int maxChannels, int maxConnections) {

  /** Shared sockets, no TCP, any port, 64 handshakes at once, 1,200 bytes (RFC 9000, section 14), 8 MiB queued. */
  public static final JvmOptions DEFAULTS =
    new JvmOptions(true, false, false, true, 0, 0, 64, 1_200, 4 << 20, 1 << 20, 8 << 20, 1_024, 5_000);

  static final int MOST_MTU = 4_096;

  private static final String PATH = "webrtc.jvm.";
  private static final int MAX_PORT = 65_535;
  private static final int MAX_BYTES = 64 << 20;

  /** Checks every range. */
  public JvmOptions {
    check(portMin >= 0 && portMin <= MAX_PORT, PATH + "port_min", "0 to " + MAX_PORT, portMin);
    check(portMax >= portMin && portMax <= MAX_PORT, PATH + "port_max", "port_min to " + MAX_PORT, portMax);
    check((portMin == 0) == (portMax == 0), PATH + "port_min and port_max", "given together", portMin + ", " + portMax);
    within("handshake_threads", handshakeThreads, 1, 1_024);
    within("mtu", mtu, 576, MOST_MTU);
    within("socket_buffer_bytes", socketBufferBytes, 64 << 10, MAX_BYTES);
    within("receive_window_bytes", receiveWindowBytes, 512 << 10, MAX_BYTES);
    within("hard_cap_bytes", hardCapBytes, 512 << 10, MAX_BYTES);
    within("max_channels", maxChannels, 1, 65_535);
    check(maxConnections >= 1, PATH + "max_connections", "1 or more", maxConnections);
  }

  /** Reads them; every key has a default. */
  public static JvmOptions from(Section section) {
    JvmOptions options = new JvmOptions(section.flag("shared_sockets", DEFAULTS.sharedSockets),
      section.flag("loopback", DEFAULTS.loopback), section.flag("tcp", DEFAULTS.tcp),
      section.flag("ipv6", DEFAULTS.ipv6),
      section.integer("port_min", DEFAULTS.portMin), section.integer("port_max", DEFAULTS.portMax),
      section.integer("handshake_threads", DEFAULTS.handshakeThreads), section.integer("mtu", DEFAULTS.mtu),
      section.integer("socket_buffer_bytes", DEFAULTS.socketBufferBytes),
      section.integer("receive_window_bytes", DEFAULTS.receiveWindowBytes),
      section.integer("hard_cap_bytes", DEFAULTS.hardCapBytes), section.integer("max_channels", DEFAULTS.maxChannels),
      section.integer("max_connections", DEFAULTS.maxConnections));
    section.end();
    return options;
  }

  private static void within(String key, int value, int min, int max) {
    check(value >= min && value <= max, PATH + key, min + " to " + max, value);
  }
}
