package io.aiconexus.webrtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every candidate of ours; the bases are found by the handle that a datagram came in on. */
final class LocalCandidates {
  /** Addresses that checks may teach us; a NAT that shows another one to every peer address would go on for ever. */
  private static final int MAX_LEARNT = 32;
  /** What stands for the port of a candidate that only opens connections (RFC 6544 section 4.5). */
  private static final int DISCARD_PORT = 9;

  private final List<LocalCandidate> all = new ArrayList<>();
  private final Map<String, String> foundations = new HashMap<>();

  /** Adds a host candidate; null when handle and address are known already. */
  LocalCandidate addHost(SocketHandle socket, InetSocketAddress address, int localPreference) {
    return add(CandidateType.HOST, socket, address, localPreference, null, address.getAddress(), null);
  }

  /** Adds a host candidate that opens TCP connections; null when it is known already. */
  LocalCandidate addActive(SocketHandle connections, InetAddress address, int otherPreference) {
    InetSocketAddress discard = new InetSocketAddress(address, DISCARD_PORT);
    if (find(connections, discard) != null) {
      return null;
    }
    long priority = Priorities.active(CandidateType.HOST, otherPreference);
    String foundation = foundation(Candidate.TCP + " " + address.getHostAddress());
    LocalCandidate added = new LocalCandidate(Candidate.active(foundation, priority, discard), connections,
      otherPreference);
    all.add(added);
    return added;
  }

  /** Adds a candidate on a relay; {@code mapped} is what the relay saw of us. */
  LocalCandidate addRelayed(SocketHandle relay, InetSocketAddress relayed, InetSocketAddress mapped,
      InetAddress server, int localPreference) {
    return add(CandidateType.RELAYED, relay, relayed, localPreference, mapped, mapped.getAddress(), server);
  }

  /** Adds what a STUN server saw of a base; null when it saw what we knew (RFC 8445 section 5.1.3). */
  LocalCandidate addServerReflexive(LocalCandidate base, InetSocketAddress mapped, InetAddress server) {
    InetSocketAddress from = base.candidate().address();
    return add(CandidateType.SERVER_REFLEXIVE, base.socket(), mapped, base.localPreference(), from, from.getAddress(),
      server);
  }

  /**
   * The candidate as which the peer saw {@code base}; learns it if it is new (RFC 8445 section 7.2.5.3.1). The port of
   * a TCP connection is new each time and of use to nobody.
   */
  LocalCandidate seenAs(LocalCandidate base, InetSocketAddress mapped) {
    if (base.candidate().isTcp()) {
      return base;
    }
    LocalCandidate known = find(base.socket(), mapped);
    if (known != null) {
      return known;
    }
    long learnt = all.stream().filter(l -> l.candidate().type() == CandidateType.PEER_REFLEXIVE).count();
    if (learnt >= MAX_LEARNT) {
      return base;
    }
    InetSocketAddress from = base.candidate().address();
    return add(CandidateType.PEER_REFLEXIVE, base.socket(), mapped, base.localPreference(), from, from.getAddress(),
      null);
  }

  private LocalCandidate add(CandidateType type, SocketHandle socket, InetSocketAddress address, int localPreference,
      InetSocketAddress related, InetAddress base, InetAddress server) {
    if (find(socket, address) != null) {
      return null;
    }
    String kind = type + " " + base.getHostAddress() + " " + (server == null ? "" : server.getHostAddress());
    long priority = Priorities.candidate(type, localPreference);
    LocalCandidate added = new LocalCandidate(Candidate.udp(foundation(kind), priority, address, type, related), socket,
      localPreference);
    all.add(added);
    return added;
  }

  private String foundation(String kind) {
    return foundations.computeIfAbsent(kind, k -> Integer.toString(foundations.size() + 1));
  }

  private LocalCandidate find(SocketHandle socket, InetSocketAddress address) {
    for (LocalCandidate local : all) {
      if (local.socket() == socket && local.candidate().address().equals(address)) {
        return local;
      }
    }
    return null;
  }

  /** The base behind a handle that can send to {@code peer}, the preferred one if there are several; or null. */
  LocalCandidate base(SocketHandle socket, InetAddress peer) {
    LocalCandidate best = null;
    for (LocalCandidate local : all) {
      boolean fits = local.socket() == socket && local.isBase() && reaches(local, peer);
      if (fits && (best == null || local.localPreference() > best.localPreference())) {
        best = local;
      }
    }
    return best;
  }

  /** Same family, and link-local only with link-local (RFC 8445 section 6.1.2.2). */
  static boolean reaches(LocalCandidate local, InetAddress peer) {
    InetAddress own = local.candidate().address().getAddress();
    return own.getClass() == peer.getClass() && own.isLinkLocalAddress() == peer.isLinkLocalAddress();
  }

  List<LocalCandidate> all() {
    return all;
  }

  void remove(SocketHandle socket) {
    all.removeIf(local -> local.socket() == socket);
  }

  /** Forgets what checks taught, which is true only of the paths that were checked. */
  void forgetLearnt() {
    all.removeIf(local -> local.candidate().type() == CandidateType.PEER_REFLEXIVE);
  }
}
