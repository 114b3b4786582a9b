package io.aiconexus.webrtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The peer's candidates of one generation, as many as are allowed, and only those that may be sent to. */
final class RemoteCandidates {
  private static final byte[] BROADCAST = {-1, -1, -1, -1};

  private final int limit;
  private final List<Candidate> all = new ArrayList<>();
  private int hostnames;

  RemoteCandidates(int limit) {
    this.limit = limit;
  }

  /** Takes a candidate with an address; false if it is one too many, known, or of no use. */
  boolean add(Candidate candidate) {
    if (!isUsable(candidate) || at(candidate.address(), candidate.transport()) != null || all.size() >= limit) {
      return false;
    }
    all.add(candidate);
    return true;
  }

  /** Takes note of a candidate with a name; false if it is one too many. */
  boolean addHostname(Candidate candidate) {
    return isOurKind(candidate) && ++hostnames <= limit;
  }

  /** The candidate at this address, or null. */
  Candidate at(InetSocketAddress address, String transport) {
    for (Candidate candidate : all) {
      if (candidate.address().equals(address) && candidate.transport().equals(transport)) {
        return candidate;
      }
    }
    return null;
  }

  /** A candidate that only a check told us of (RFC 8445 section 7.3.1.3); kept by its pair, so not counted here. */
  static Candidate learnt(InetSocketAddress address, String transport, long priority) {
    return new Candidate("prflx", 1, transport, priority, address, CandidateType.PEER_REFLEXIVE, null,
      transport.equals(Candidate.TCP) ? Candidate.PASSIVE : null, Map.of());
  }

  private static boolean isUsable(Candidate candidate) {
    InetAddress address = candidate.address().getAddress();
    return isOurKind(candidate)
      && candidate.address().getPort() != 0
      && !address.isAnyLocalAddress()
      && !address.isMulticastAddress()
      && !Arrays.equals(address.getAddress(), BROADCAST);
  }

  /** Over TCP ours are active, and only passive ones go with them (RFC 6544 section 6.2). */
  private static boolean isOurKind(Candidate candidate) {
    return candidate.component() == 1 && (candidate.transport().equals(Candidate.UDP)
      || candidate.isTcp() && Candidate.PASSIVE.equals(candidate.tcpType()));
  }

  /** Forgets those that say they belong to another generation (RFC 8839 section 5.1, {@code ufrag}). */
  void keepOnly(String ufrag) {
    all.removeIf(candidate -> !belongsTo(candidate, ufrag));
  }

  static boolean belongsTo(Candidate candidate, String ufrag) {
    return ufrag.equals(candidate.extensions().getOrDefault("ufrag", ufrag));
  }

  List<Candidate> all() {
    return all;
  }
}
