package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The grammar of a candidate (RFC 8839, section 5.1), checked before libwebrtc sees it, whose own call tells nothing.
 * <p>
 * Of names only those of mDNS ({@code .local}, what browsers hide their addresses behind) are taken: resolving whatever
 * name a stranger sends is nothing an agent should do.
 */
final class CandidateLine {

  private static final int MAX_LENGTH = 1_024;
  private static final int MAX_PORT = 65_535;
  private static final long MAX_PRIORITY = (1L << 32) - 1;
  private static final Pattern LINE = Pattern.compile("(?:a=)?candidate:[A-Za-z0-9+/]{1,32} [1-9]\\d{0,4} "
    + "(?:[Uu][Dd][Pp]|[Tt][Cc][Pp]) (\\d{1,10}) (\\S{1,255}) (\\d{1,5}) typ (?:host|srflx|prflx|relay)"
    + "((?: [\\x21-\\x7e]+ [\\x21-\\x7e]+)*)");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}(?:\\d{1,3}(?:\\.\\d{1,3}){3})?");
  private static final Pattern MDNS = Pattern.compile("[A-Za-z0-9-]{1,63}\\.local");
  private static final Pattern UFRAG = Pattern.compile(" ufrag (\\S+)");

  private CandidateLine() {
  }

  /** Throws {@code BAD_REQUEST} unless it is a candidate that ICE can use. */
  static void check(String line) {
    Matcher matcher = line.length() > MAX_LENGTH ? null : LINE.matcher(line);
    if (matcher == null || !matcher.matches()) {
      throw Failure.BAD_REQUEST.because("not a candidate line (RFC 8839, section 5.1)");
    }
    if (Long.parseLong(matcher.group(1)) > MAX_PRIORITY || Integer.parseInt(matcher.group(3)) > MAX_PORT) {
      throw Failure.BAD_REQUEST.because("the candidate's priority or port is out of range");
    }
    if (!isAddress(matcher.group(2))) {
      throw Failure.BAD_REQUEST.because("the candidate's address must be an IP address or an mDNS name");
    }
  }

  /** The generation that the line itself names, or null. */
  static String ufrag(String line) {
    Matcher matcher = UFRAG.matcher(line);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static boolean isAddress(String text) {
    return IPV4.matcher(text).matches() || text.indexOf(':') >= 0 && IPV6.matcher(text).matches()
      || MDNS.matcher(text).matches();
  }
}
