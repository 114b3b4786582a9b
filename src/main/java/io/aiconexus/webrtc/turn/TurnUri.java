package io.aiconexus.webrtc.turn;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a STUN server (RFC 7064) or a TURN server (RFC 7065) is.
 *
 * @param relay whether it is a TURN server
 * @param host a name or an IP address, one of version 6 without its brackets; not looked up
 * @param port 1 to 65,535
 * @param transport how to talk to it
 */
public record TurnUri(boolean relay, String host, int port, TurnTransport transport) {
  /** Port of servers without TLS (RFC 8489 section 18.6). */
  public static final int PORT = 3_478;
  /** Port of servers with TLS or DTLS (RFC 8489 section 18.6). */
  public static final int SECURE_PORT = 5_349;

  private static final int MAX_LENGTH = 512;
  private static final int MAX_NAME = 253;
  private static final Pattern FORM = Pattern.compile(
    "(stuns?|turns?):(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:?/#@]+)(?::([0-9]{1,5}))?(?:\\?transport=([A-Za-z]+))?",
    Pattern.CASE_INSENSITIVE);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*\\.?");
  private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

  /**
   * Reads a URI such as {@code turn:turn.example.org:3478?transport=tcp}.
   * <p>
   * Without a port it is 3478, or 5349 for {@code stuns} and {@code turns}; without a transport it is UDP, or TLS.
   *
   * @throws IllegalArgumentException naming the rule that is broken
   */
  public static TurnUri parse(String uri) {
    require(uri.length() <= MAX_LENGTH, "it has at most 512 characters");
    Matcher parts = FORM.matcher(uri);
    require(parts.matches(), "its form is stun:host:port or turn:host:port?transport=udp, port and transport optional");
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    boolean relay = scheme.startsWith("turn");
    boolean secure = scheme.endsWith("s");
    require(relay || parts.group(4) == null, "only turn: and turns: have a transport");
    return new TurnUri(relay, host(parts.group(2)), port(parts.group(3), secure), transport(parts.group(4), secure));
  }

  private static String host(String text) {
    if (text.startsWith("[")) {
      String address = text.substring(1, text.length() - 1);
      require(NetUtil.isValidIpV6Address(address), "what stands in brackets is an IPv6 address");
      return address;
    }
    boolean name = text.length() <= MAX_NAME && NAME.matcher(text).matches();
    boolean address = NUMERIC.matcher(text).matches() && NetUtil.isValidIpV4Address(text);
    require(address || name && !NUMERIC.matcher(text).matches(), "its host is a name or an IP address");
    return text;
  }

  private static int port(String text, boolean secure) {
    if (text == null) {
      return secure ? SECURE_PORT : PORT;
    }
    int port = Integer.parseInt(text);
    require(port >= 1 && port <= 65_535, "its port is a number from 1 to 65535");
    return port;
  }

  private static TurnTransport transport(String text, boolean secure) {
    if (text == null) {
      return secure ? TurnTransport.TLS : TurnTransport.UDP;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "udp" -> secure ? TurnTransport.DTLS : TurnTransport.UDP;
      case "tcp" -> secure ? TurnTransport.TLS : TurnTransport.TCP;
      default -> throw new IllegalArgumentException("not a STUN or TURN URI: its transport is udp or tcp");
    };
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("not a STUN or TURN URI: " + rule);
    }
  }
}
