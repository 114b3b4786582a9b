package io.aiconexus.webrtc.ice;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A NAT with one public address; lets in only what answers to something (RFC 4787 and its names). */
final class SimNat {
  /** How a NAT chooses the public port: one for each inner address, or another one for each target. */
  enum Mapping { ENDPOINT_INDEPENDENT, ADDRESS_AND_PORT_DEPENDENT }

  private record Flow(InetSocketAddress inside, InetSocketAddress target) {
  }

  private final SimNetwork network;
  private final String publicIp;
  private final Mapping mapping;
  private final Map<Flow, InetSocketAddress> outside = new HashMap<>();
  private final Set<Flow> open = new HashSet<>();
  private int nextPort = 40_000;

  SimNat(SimNetwork network, String publicIp, Mapping mapping) {
    this.network = network;
    this.publicIp = publicIp;
    this.mapping = mapping;
  }

  void carry(InetSocketAddress inside, SimNetwork.Port back, InetSocketAddress to, byte[] datagram) {
    Flow flow = new Flow(inside, mapping == Mapping.ENDPOINT_INDEPENDENT ? null : to);
    InetSocketAddress mapped = outside.computeIfAbsent(flow, f -> map(back));
    open.add(new Flow(mapped, to));
    network.carry(mapped, to, datagram);
  }

  /** It forgets everybody, as after a restart: what leaves from now on comes from other ports. */
  void forget() {
    outside.clear();
    open.clear();
  }

  private InetSocketAddress map(SimNetwork.Port back) {
    InetSocketAddress mapped = SimNetwork.at(publicIp, nextPort++);
    network.bind(mapped, (from, to, datagram) -> {
      if (open.contains(new Flow(mapped, from))) {
        back.arrive(from, to, datagram);
      }
    });
    return mapped;
  }
}
