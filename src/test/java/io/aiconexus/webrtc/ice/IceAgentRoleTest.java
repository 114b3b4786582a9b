package io.aiconexus.webrtc.ice;

import static io.aiconexus.webrtc.ice.IceRole.CONTROLLED;
import static io.aiconexus.webrtc.ice.IceRole.CONTROLLING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class IceAgentRoleTest {

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
}
