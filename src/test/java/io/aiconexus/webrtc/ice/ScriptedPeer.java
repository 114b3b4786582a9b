package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunClass;
import io.aiconexus.webrtc.stun.StunException;
import io.aiconexus.webrtc.stun.StunKey;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A peer that does exactly what a test tells it to: answers like a lite agent, and sends any request. */
final class ScriptedPeer {
  final SimNetwork network;
  final InetSocketAddress address;
  final IceCredentials credentials;
  final List<StunMessage> requests = new ArrayList<>();
  final List<StunMessage> responses = new ArrayList<>();
  boolean answers = true;
  boolean answersNominations = true;
  int nominations;

  ScriptedPeer(SimNetwork network, String ip, int port) {
    this(network, ip, port, IceCredentials.random(network.random));
  }

  ScriptedPeer(SimNetwork network, String ip, int port, IceCredentials credentials) {
    this.network = network;
    this.address = SimNetwork.at(ip, port);
    this.credentials = credentials;
    network.bind(address, this::arrive);
  }

  private void arrive(InetSocketAddress from, InetSocketAddress to, byte[] datagram) {
    StunMessage message;
    try {
      message = StunMessage.parse(ByteBuffer.wrap(datagram));
    } catch (StunException e) {
      throw new IllegalStateException(e);
    }
    if (message.messageClass() != StunClass.REQUEST) {
      responses.add(message);
      return;
    }
    requests.add(message);
    nominations += message.has(StunAttribute.USE_CANDIDATE) ? 1 : 0;
    boolean unheard = message.has(StunAttribute.USE_CANDIDATE) && !answersNominations;
    if (answers && !unheard && message.isFrom(key())) {
      network.carry(address, from, StunBuilder.success(message)
        .xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, from).sign(key()));
    }
  }

  StunKey key() {
    return StunKey.shortTerm(credentials.password());
  }

  /** A check of the given agent as a controlling peer sends it, to be changed and signed. */
  StunBuilder check(IceAgent agent) {
    return StunBuilder.request(StunMethod.BINDING, TransactionId.random(network.random))
      .text(StunAttribute.USERNAME, agent.localCredentials().ufrag() + ":" + credentials.ufrag())
      .number32(StunAttribute.PRIORITY, 1_862_270_975L)
      .number64(StunAttribute.ICE_CONTROLLING, -1);
  }

  void send(SimSocket to, StunBuilder request, IceAgent agent) {
    network.carry(address, to.address, request.sign(StunKey.shortTerm(agent.localCredentials().password())));
  }

  Candidate candidate(long priority) {
    return Candidate.udp("1", priority, address, CandidateType.HOST, null);
  }
}
