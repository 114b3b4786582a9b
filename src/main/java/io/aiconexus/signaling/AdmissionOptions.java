package io.aiconexus.signaling;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;
import java.util.List;

/**
 * Who may open a session at all; decided before the WebSocket is upgraded. Every count is for the whole node.
 *
 * @param allowedOrigins web pages (their {@code Origin}, or {@code *} for all) that may connect; when empty, only pages
 *   that come from one of the gateway's own audiences. Programs that send no Origin are not concerned
 * @param maxSessions sessions, those that wait for their agent included; 10,000 fit a heap of 512 MiB
 * @param maxSessionsPerAddress sessions from one client address; half of all, so that one machine cannot take the node
 * @param handshakesPerSecond new sockets a second, and as many at once: what two cores verify in a second; more would
 *   only lengthen everybody's wait after an outage
 * @param trustedProxies addresses or blocks ({@code 10.0.0.0/8}) whose {@code X-Forwarded-For} is believed; none by
 *   default, since everybody else can write what they like into it
 */
public record AdmissionOptions(List<String> allowedOrigins, int maxSessions, int maxSessionsPerAddress,
                               int handshakesPerSecond, List<String> trustedProxies) {

  /** Own pages only, 10,000 sessions, 5,000 from one address, 5,000 handshakes a second, no proxies. */
  public static final AdmissionOptions DEFAULTS = new AdmissionOptions(List.of(), 10_000, 5_000, 5_000, List.of());

  /** Checks every range and every proxy's form; fails with a {@link io.aiconexus.config.ConfigurationException}. */
  public AdmissionOptions {
    allowedOrigins = List.copyOf(allowedOrigins);
    trustedProxies = List.copyOf(trustedProxies);
    for (String origin : allowedOrigins) {
      check(origin.equals("*") || origin.matches("[a-z][a-z0-9+.-]*://[^/]+"), "signaling.allowed_origins",
        "a list of scheme://host[:port], or *", "\"" + origin + "\"");
    }
    check(maxSessions >= 1, "signaling.max_sessions", "at least 1", maxSessions);
    check(maxSessionsPerAddress >= 1, "signaling.max_sessions_per_address", "at least 1", maxSessionsPerAddress);
    check(handshakesPerSecond >= 1, "signaling.handshakes_per_second", "at least 1", handshakesPerSecond);
    for (String proxy : trustedProxies) {
      check(AddressBlock.isValid(proxy), "signaling.trusted_proxies",
        "a list of IP addresses or blocks like 10.0.0.0/8", "\"" + proxy + "\"");
    }
  }

  static AdmissionOptions from(Section section) {
    return new AdmissionOptions(
      section.strings("allowed_origins", DEFAULTS.allowedOrigins),
      section.integer("max_sessions", DEFAULTS.maxSessions),
      section.integer("max_sessions_per_address", DEFAULTS.maxSessionsPerAddress),
      section.integer("handshakes_per_second", DEFAULTS.handshakesPerSecond),
      section.strings("trusted_proxies", DEFAULTS.trustedProxies));
  }
}
