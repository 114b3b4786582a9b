package io.aiconexus;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;

/**
 * Where a node shows its status, its metrics and its health; the {@code admin} object of the configuration.
 *
 * @param host address that the listener of its own listens on; loopback by default
 * @param port its TCP port, 0 to let the system choose one; null, the default, for no listener of its own: the
 *   gateway's server answers then, and a node without a gateway answers on the event bus only
 * @param token what an HTTP request that changes something must bring, 16 to 256 visible ASCII characters; null, the
 *   default, and nothing can be changed over HTTP
 */
public record AdminOptions(String host, Integer port, String token) {

  /** No listener of its own, and nothing to be changed. */
  public static final AdminOptions DEFAULTS = new AdminOptions("127.0.0.1", null, null);

  /** Checks the host, the range of the port and the length of the token, which no message shows. */
  public AdminOptions {
    check(!host.isBlank(), "admin.host", "a host name or address", "\"" + host + "\"");
    check(port == null || port >= 0 && port < 65_536, "admin.port", "null or 0 to 65535", port);
    check(token == null || token.matches("[!-~]{16,256}"), "admin.token",
      "null or 16 to 256 visible ASCII characters", "something else");
  }

  /** Reads the {@code admin} object; what is absent keeps its default, what is unknown is refused. */
  public static AdminOptions from(Section section) {
    AdminOptions options = new AdminOptions(section.string("host", DEFAULTS.host), section.optionalInteger("port"),
      section.secret("token"));
    section.end();
    return options;
  }

  /** All but the token. */
  @Override
  public String toString() {
    return "AdminOptions[host=" + host + ", port=" + port + ", token=" + (token == null ? "none" : "given") + "]";
  }
}
