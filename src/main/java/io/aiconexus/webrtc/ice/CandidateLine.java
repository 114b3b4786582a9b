package io.aiconexus.webrtc.ice;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one candidate line word by word (the grammar of RFC 8839 section 5.1). */
final class CandidateLine {
  private static final Pattern FOUNDATION = Pattern.compile("[A-Za-z0-9+/]{1,32}");
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`{|}~A-Za-z0-9-]{1,64}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63}){0,8}\\.?");
  private static final Pattern TCP_TYPE = Pattern.compile("active|passive|so");
  private static final String PREFIX = "candidate:";
  private static final int MAX_NAME = 253;
  /** Words of a line: eight that must be there, related address, and twenty extensions, of which browsers use five. */
  private static final int MAX_WORDS = 52;
  private static final long MAX_PRIORITY = (1L << 31) - 1;

  private final String[] words;
  private int at;

  CandidateLine(String line) {
    require(line.length() <= Candidate.MAX_LINE, "a candidate line has at most 1024 characters");
    String text = (line.startsWith("a=") ? line.substring(2) : line).stripTrailing();
    require(text.startsWith(PREFIX), "a candidate line begins with \"candidate:\"");
    words = text.substring(PREFIX.length()).split(" ", MAX_WORDS + 1);
    require(words.length <= MAX_WORDS, "a candidate line has at most 20 extensions");
  }

  Candidate read() {
    String foundation = matching(FOUNDATION, "the foundation must be 1 to 32 letters, digits, + or /");
    int component = (int) number(1, 256, "the component must be a number from 1 to 256");
    String transport = matching(TOKEN, "the transport must be a word").toLowerCase(Locale.ROOT);
    long priority = number(1, MAX_PRIORITY, "the priority must be a number from 1 to 2147483647");
    InetSocketAddress address = address();
    require(word("\"typ\" must follow the port").equals("typ"), "\"typ\" must follow the port");
    String token = matching(TOKEN, "the type must be a word");
    InetSocketAddress related = related();
    Map<String, String> extensions = extensions();
    String tcpType = extensions.remove("tcptype");
    require(tcpType == null || TCP_TYPE.matcher(tcpType).matches(), "tcptype must be active, passive or so");
    CandidateType type = CandidateType.of(token)
      .orElseThrow(() -> new CandidateException("the type must be host, srflx, prflx or relay", true));
    return new Candidate(foundation, component, transport, priority, address, type, related, tcpType, extensions);
  }

  private InetSocketAddress address() {
    String host = word("an address must follow the priority");
    int port = (int) number(0, 65_535, "the port must be a number from 0 to 65535");
    return socketAddress(host, port);
  }

  private InetSocketAddress related() {
    if (at == words.length || !words[at].equals("raddr")) {
      return null;
    }
    at++;
    String host = word("an address must follow \"raddr\"");
    require(word("\"rport\" must follow the related address").equals("rport"),
      "\"rport\" must follow the related address");
    return socketAddress(host, (int) number(0, 65_535, "the related port must be a number from 0 to 65535"));
  }

  private Map<String, String> extensions() {
    Map<String, String> found = new LinkedHashMap<>();
    while (at < words.length) {
      String name = matching(TOKEN, "an extension must have a name, and one space must separate words");
      String value = word("an extension must have a value");
      require(value.chars().allMatch(c -> c > ' ' && c < 0x7f), "an extension must have visible characters");
      found.putIfAbsent(name, value);
    }
    return found;
  }

  private static InetSocketAddress socketAddress(String host, int port) {
    boolean literal = IPV4.matcher(host).matches() || host.indexOf(':') >= 0 && IPV6.matcher(host).matches();
    if (!literal) {
      require(host.length() <= MAX_NAME && NAME.matcher(host).matches(), "the address must be an IP address or a name");
      return InetSocketAddress.createUnresolved(host, port);
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
    require(bytes != null, "the IP address is malformed");
    try {
      return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes are always an address", e);
    }
  }

  private String word(String rule) {
    require(at < words.length && !words[at].isEmpty(), rule);
    return words[at++];
  }

  private String matching(Pattern form, String rule) {
    String word = word(rule);
    require(form.matcher(word).matches(), rule);
    return word;
  }

  private long number(long min, long max, String rule) {
    long value = Long.parseLong(matching(NUMBER, rule));
    require(value >= min && value <= max, rule);
    return value;
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new CandidateException(rule, false);
    }
  }
}
