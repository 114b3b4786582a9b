package io.aiconexus.peer;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What kind of candidate it is (RFC 8839, section 5.1), without the address.
 *
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 * @param transport {@code udp} or {@code tcp}
 * @param tcpType {@code active}, {@code passive} or {@code so} (RFC 6544, section 4.5), empty with UDP
 * @param family 4 or 6 by the version of IP, 0 for a name
 */
record CandidateKind(String type, String transport, String tcpType, int family) {

  private static final Pattern LINE =
    Pattern.compile("candidate:\\S+ \\d+ (udp|tcp) \\d+ (\\S+) \\d+ typ (host|srflx|prflx|relay)(?:.* tcptype (\\S+))?",
      Pattern.CASE_INSENSITIVE);
  private static final Pattern IPV4 = Pattern.compile("[\\d.]+");

  /** The kinds of all candidates in a line, or in a description. */
  static Stream<CandidateKind> in(String text) {
    return LINE.matcher(text).results().map(found -> new CandidateKind(found.group(3).toLowerCase(Locale.ROOT),
      found.group(1).toLowerCase(Locale.ROOT), found.group(4) == null ? "" : found.group(4), family(found.group(2))));
  }

  /**
   * Whether a candidate of {@code ours} can make a pair with one of {@code theirs} (RFC 8445, section 6.1.2.2; over TCP
   * RFC 6544, section 6.2: two that both only connect, or both only listen, cannot).
   */
  static boolean anyPair(Collection<CandidateKind> ours, Collection<CandidateKind> theirs) {
    return ours.stream().anyMatch(our -> theirs.stream().anyMatch(our::fits));
  }

  private boolean fits(CandidateKind other) {
    boolean meet = tcpType.isEmpty() || tcpType.equals("so") || !tcpType.equals(other.tcpType);
    return meet && transport.equals(other.transport) && (family == other.family || family == 0 || other.family == 0);
  }

  private static int family(String address) {
    Matcher ipv4 = IPV4.matcher(address);
    return ipv4.matches() ? 4 : address.indexOf(':') >= 0 ? 6 : 0;
  }
}
