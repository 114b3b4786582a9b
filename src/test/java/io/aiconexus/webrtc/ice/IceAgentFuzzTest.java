package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunException;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks of a peer that knows the passwords, and breaks what it says before it seals it. */
class IceAgentFuzzTest {
  private static final InetSocketAddress HERE = SimNetwork.at("192.0.2.1", 1000);
  private static final InetSocketAddress PEER = SimNetwork.at("192.0.2.2", 2000);
  private static final int HEADER = 20;
  private static final int SEAL = 24;
  private static final int FINGERPRINT = 8;

  private SimPeer ann;
  private IceCredentials peer;
  private byte[] lastCheck;
  private final SocketHandle socket = (to, datagram) -> lastCheck = datagram;
  private Mutator mutator;
  private InetSocketAddress from;
  private int given;

  @Test
  void nothingThatAPeerSaysBreaksAnAgent() throws Exception {
    fuzz(50_000);
  }

  @Tag("long")
  @Test
  void nothingThatAPeerSaysInTheLongRunBreaksAnAgent() throws Exception {
    fuzz(Fuzz.LONG);
  }

  private void fuzz(long inputs) throws Exception {
    // A request from a new address adds a candidate and its pairs, an answer chooses among pairs.
    Fuzz.Report report = new Fuzz("ICE agent", this::next, this::takes).allocating(128 * 1024, 20).run(inputs);
    report.assertMixed();
  }

  private void begin(int seed) throws StunException {
    SimNetwork network = new SimNetwork(seed);
    ann = new SimPeer(network, seed % 2 == 0 ? IceRole.CONTROLLING : IceRole.CONTROLLED);
    ann.trickles = false;
    peer = IceCredentials.random(network.random);
    lastCheck = null;
    ann.agent.addHost(socket, HERE, 1, network.now);
    ann.agent.setRemote(peer, false, network.now);
    ann.agent.addRemoteCandidate(Candidate.udp("1", 5, PEER, CandidateType.HOST, null), network.now);
    while (lastCheck == null) {
      network.now = ann.agent.nextDeadline();
      ann.agent.onTimer(network.now);
    }
    StunMessage check = StunMessage.parse(ByteBuffer.wrap(lastCheck));
    TransactionId id = TransactionId.random(network.random);
    mutator = Mutator.ofBytes(Stream.of(request(id, StunAttribute.ICE_CONTROLLED).build(),
      request(id, StunAttribute.ICE_CONTROLLING).flag(StunAttribute.USE_CANDIDATE).build(),
      StunBuilder.success(check).xorAddress(StunAttribute.XOR_MAPPED_ADDRESS, HERE).build(),
      StunBuilder.error(check, 487, "Role Conflict").build(),
      StunBuilder.indication(StunMethod.BINDING, id).build())
      .map(message -> Arrays.copyOf(message, message.length - FINGERPRINT)).toList());
  }

  private StunBuilder request(TransactionId id, int role) {
    return StunBuilder.request(StunMethod.BINDING, id).number32(StunAttribute.PRIORITY, 7).number64(role, 1)
      .text(StunAttribute.USERNAME, ann.agent.localCredentials().ufrag() + ":" + peer.ufrag());
  }

  private byte[] next(SplittableRandom random) throws Exception {
    if (given++ % 200 == 0) {
      begin(given / 200);
    }
    from = random.nextInt(20) == 0 ? SimNetwork.at("192.0.2." + random.nextInt(3, 200), 1 + random.nextInt(9)) : PEER;
    ann.network.now += random.nextInt(1_000_000);
    ann.agent.onTimer(ann.network.now);
    byte[] bytes = mutator.next(random);
    boolean sealed = bytes.length >= HEADER && bytes.length % 4 == 0 && random.nextInt(20) > 0;
    return sealed ? sealed(bytes) : bytes;
  }

  /** With MESSAGE-INTEGRITY at its end, of whom the message would be. */
  private byte[] sealed(byte[] bytes) throws Exception {
    byte[] all = Arrays.copyOf(bytes, bytes.length + SEAL);
    ByteBuffer.wrap(all).putShort(2, (short) (all.length - HEADER)).putInt(4, 0x2112a442);
    boolean response = (bytes[0] & 1) != 0;
    String password = response ? peer.password() : ann.agent.localCredentials().password();
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    mac.update(all, 0, bytes.length);
    ByteBuffer.wrap(all, bytes.length, SEAL).putShort((short) StunAttribute.MESSAGE_INTEGRITY).putShort((short) 20)
      .put(mac.doFinal());
    return all;
  }

  private boolean takes(byte[] datagram) {
    return ann.agent.receive(ByteBuffer.wrap(datagram), socket, from, ann.network.now);
  }
}
