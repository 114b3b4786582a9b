package io.aiconexus;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.Section;

/**
 * Where a node shows its metrics and its health; the {@code admin} object of the configuration.
 *
 * @param host address that the listener of its own listens on; loopback by default
 * @param port its TCP port, 0 to let the system choose one; null, the default, for no listener of its own: the
 *   gateway's server answers then, and a node without a gateway answers on the event bus only
 */
public record AdminOptions(String host, Integer port) {

  /** No listener of its own. */
  public static final AdminOptions DEFAULTS = new AdminOptions("127.0.0.1", null);

  /** Checks the host and the range of the port. */
  public AdminOptions {
    check(!host.isBlank(), "admin.host", "a host name or address", "\"" + host + "\"");
    check(port == null || port >= 0 && port < 65_536, "admin.port", "null or 0 to 65535", port);
  }

  /** Reads the {@code admin} object; what is absent keeps its default, what is unknown is refused. */
  public static AdminOptions from(Section section) {
    AdminOptions options = new AdminOptions(section.string("host", DEFAULTS.host), section.optionalInteger("port"));
    section.end();
    return options;
  }
}
