package io.aiconexus.webrtc.ice;

import static io.aiconexus.webrtc.ice.IceRole.CONTROLLED;
import static io.aiconexus.webrtc.ice.IceRole.CONTROLLING;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class IceAgentRoleTest {
  private static final long SMALLEST = 0;
  /** As an unsigned number. */
  private static final long LARGEST = -1;

  @Test
  void ofTwoThatWantToControlOneGivesWay() {
    assertSettled(CONTROLLING);
  }

  @Test
  void ofTwoThatWantToFollowOneControls() {
    assertSettled(CONTROLLED);
  }

  private static void assertSettled(IceRole both) {
    EnumSet<IceRole> annEnded = EnumSet.noneOf(IceRole.class);
    for (int seed = 0; seed < 200; seed++) {
      SimNetwork network = new SimNetwork(seed);
      network.maxDelay = 20 * SimNetwork.MILLIS;
      network.loss = seed % 2 == 0 ? 0 : 0.1;
      SimPeer ann = new SimPeer(network, both);
      SimPeer bob = new SimPeer(network, both);
      ann.host("192.0.2.1", 1000);
      bob.host("192.0.2.2", 2000);
      SimPeer.introduce(ann, bob);
      ann.gather();
      bob.gather();

      assertThat(network.runUntil(() -> ann.isCompleted() && bob.isCompleted(), 30_000)).as("seed %d", seed).isTrue();

      assertThat(ann.agent.role()).as("seed %d", seed).isNotEqualTo(bob.agent.role());
      annEnded.add(ann.agent.role());
    }
    assertThat(annEnded).as("the tie-breaker decides, not the side").hasSize(2);
  }

  @Test
  void theSmallerTieBreakerGivesWayAsTheStandardSays() {
    assertThat(decided(CONTROLLING, StunAttribute.ICE_CONTROLLING, SMALLEST)).isEqualTo("487 CONTROLLING");
    assertThat(decided(CONTROLLING, StunAttribute.ICE_CONTROLLING, LARGEST)).isEqualTo("success CONTROLLED");
    assertThat(decided(CONTROLLED, StunAttribute.ICE_CONTROLLED, SMALLEST)).isEqualTo("success CONTROLLING");
    assertThat(decided(CONTROLLED, StunAttribute.ICE_CONTROLLED, LARGEST)).isEqualTo("487 CONTROLLED");
    assertThat(decided(CONTROLLED, StunAttribute.ICE_CONTROLLING, LARGEST)).isEqualTo("success CONTROLLED");
  }

  /** What the agent answers to a request with this role and tie-breaker, and its own role then. */
  private static String decided(IceRole ours, int attribute, long theirs) {
    SimNetwork network = new SimNetwork(7);
    SimPeer agent = new SimPeer(network, ours);
    agent.trickles = false;
    agent.host("192.0.2.1", 1000);
    agent.gather();
    ScriptedPeer peer = new ScriptedPeer(network, "192.0.2.2", 2000);
    agent.agent.setRemote(peer.credentials, false, network.now);
    StunBuilder request = StunBuilder.request(StunMethod.BINDING, TransactionId.random(network.random))
      .text(StunAttribute.USERNAME, agent.agent.localCredentials().ufrag() + ":" + peer.credentials.ufrag())
      .number32(StunAttribute.PRIORITY, 1).number64(attribute, theirs);
    peer.send(agent.sockets.get(0), request, agent.agent);
    network.run(10);
    StunError error = peer.responses.get(0).error();
    return (error == null ? "success" : error.code()) + " " + agent.agent.role();
  }
}
