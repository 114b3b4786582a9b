package io.aiconexus.webrtc.ice;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One address at which an agent may be reached (RFC 8839 section 5.1).
 *
 * @param foundation groups candidates that likely work or fail together; 1 to 32 letters, digits, {@code +}, {@code /}
 * @param component 1 to 256; data channels have component 1 only
 * @param transport in lower case, {@code udp} or {@code tcp}; others are kept and never used
 * @param priority 1 to 2^31 - 1
 * @param address unresolved when the peer gave a name, such as an mDNS one
 * @param type where it comes from
 * @param related the base or mapped address it derives from, or null
 * @param tcpType {@code active}, {@code passive} or {@code so} (RFC 6544 section 4.5), or null
 * @param extensions what else the line says, such as {@code ufrag} and {@code network-cost}, in its order
 */
public record Candidate(String foundation, int component, String transport, long priority, InetSocketAddress address,
    CandidateType type, InetSocketAddress related, String tcpType, Map<String, String> extensions) {

  /** The transport of nearly everything that is used today. */
  public static final String UDP = "udp";
  /** The transport where nothing else comes through (RFC 6544). */
  public static final String TCP = "tcp";
  /** The {@link #tcpType} of who opens connections. */
  public static final String ACTIVE = "active";
  /** The {@link #tcpType} of who waits for them. */
  public static final String PASSIVE = "passive";

  /** Longest line that is read, in characters: several times what browsers write. */
  public static final int MAX_LINE = 1_024;

  /** Checks that what must be there is. */
  public Candidate {
    Objects.requireNonNull(foundation);
    Objects.requireNonNull(transport);
    Objects.requireNonNull(address);
    Objects.requireNonNull(type);
    extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
  }

  /**
   * Reads a line such as {@code candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host}.
   *
   * @param line with or without {@code a=} before it, without a line end
   * @throws CandidateException when a rule is broken; never asks a name server
   */
  public static Candidate parse(String line) {
    return new CandidateLine(line).read();
  }

  /** A candidate of ours with UDP and component 1. */
  static Candidate udp(String foundation, long priority, InetSocketAddress address, CandidateType type,
      InetSocketAddress related) {
    return new Candidate(foundation, 1, UDP, priority, address, type, related, null, Map.of());
  }

  /** A candidate of ours with component 1 that opens TCP connections. */
  static Candidate active(String foundation, long priority, InetSocketAddress address) {
    return new Candidate(foundation, 1, TCP, priority, address, CandidateType.HOST, null, ACTIVE, Map.of());
  }

  /** Tells whether it is one of TCP. */
  public boolean isTcp() {
    return transport.equals(TCP);
  }

  /** Tells whether the address is a name that somebody has to look up first. */
  public boolean isHostname() {
    return address.isUnresolved();
  }

  /** The same candidate once its name has been looked up. */
  public Candidate resolved(InetAddress found) {
    InetSocketAddress target = new InetSocketAddress(found, address.getPort());
    return new Candidate(foundation, component, transport, priority, target, type, related, tcpType, extensions);
  }

  /** The line for it, beginning with {@code candidate:}. */
  public String line() {
    StringBuilder line = new StringBuilder(96).append("candidate:").append(foundation).append(' ').append(component)
      .append(' ').append(transport).append(' ').append(priority).append(' ').append(host(address))
      .append(' ').append(address.getPort()).append(" typ ").append(type.token());
    if (related != null) {
      line.append(" raddr ").append(host(related)).append(" rport ").append(related.getPort());
    }
    if (tcpType != null) {
      line.append(" tcptype ").append(tcpType);
    }
    extensions.forEach((name, value) -> line.append(' ').append(name).append(' ').append(value));
    return line.toString();
  }

  private static String host(InetSocketAddress address) {
    return address.isUnresolved() ? address.getHostString() : NetUtil.toAddressString(address.getAddress());
  }
}
