package io.aiconexus.webrtc.ice;

import java.net.InetSocketAddress;

/** A UDP socket of a simulated peer, behind a NAT or not. */
final class SimSocket implements SocketHandle {
  private final SimNetwork network;
  private final SimNat nat;
  private final SimNetwork.Port receiver;
  final InetSocketAddress address;

  SimSocket(SimNetwork network, SimNat nat, InetSocketAddress address, SimNetwork.Port receiver) {
    this.network = network;
    this.nat = nat;
    this.address = address;
    this.receiver = receiver;
    network.bind(address, receiver);
  }

  @Override
  public void send(InetSocketAddress to, byte[] datagram) {
    if (nat != null && !isNeighbour(to)) {
      nat.carry(address, receiver, to, datagram);
    } else {
      network.carry(address, to, datagram);
    }
  }

  /** Private addresses of the first three parts in common are on one wire. */
  private boolean isNeighbour(InetSocketAddress to) {
    String ip = address.getHostString();
    return to.getHostString().startsWith(ip.substring(0, ip.lastIndexOf('.') + 1));
  }
}
