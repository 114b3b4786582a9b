package io.aiconexus.webrtc.ice;

import static io.aiconexus.webrtc.ice.SimNetwork.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two agents in every weather that a seed can make: interfaces, NATs, loss, delay, reordering, walls. */
class IceAgentWeatherTest {
  private static final int SEEDS = Integer.getInteger("aiconexus.ice.seeds", 600);
  private static final InetSocketAddress STUN = at("198.51.100.1", 3478);
  private static final SimNat.Mapping STRICT = SimNat.Mapping.ADDRESS_AND_PORT_DEPENDENT;
  private static final SimNat.Mapping FRIENDLY = SimNat.Mapping.ENDPOINT_INDEPENDENT;
  /** Who is behind what; a strict NAT and any other one cannot meet without a relay. */
  private static final SimNat.Mapping[][] NATS = {
    {null, null}, {FRIENDLY, null}, {null, FRIENDLY}, {FRIENDLY, FRIENDLY}, {STRICT, null}, {null, STRICT},
  };

  @Test
  void whereverThereIsAPathBothFindTheSameOne() {
    for (int seed = 0; seed < SEEDS; seed++) {
      SimNetwork network = new SimNetwork(seed);
      Random random = new Random(seed);
      network.stunServer(STUN);
      network.loss = seed % 4 == 0 ? 0 : random.nextDouble() * 0.2;
      network.maxDelay = SimNetwork.MILLIS * (1 + random.nextInt(200));
      SimPeer ann = new SimPeer(network, IceRole.CONTROLLING);
      SimPeer bob = new SimPeer(network, IceRole.CONTROLLED);
      SimNat.Mapping[] nats = NATS[random.nextInt(NATS.length)];
      settle(ann, random, "10.1.", nats[0] == null ? null : new SimNat(network, "203.0.113.1", nats[0]));
      settle(bob, random, "10.2.", nats[1] == null ? null : new SimNat(network, "203.0.113.2", nats[1]));
      SimPeer.introduce(ann, bob);
      network.later(random.nextInt(500) * SimNetwork.MILLIS, () -> ann.gather(STUN));
      network.later(random.nextInt(500) * SimNetwork.MILLIS, () -> bob.gather(STUN));

      assertThat(network.runUntil(() -> ann.isCompleted() && bob.isCompleted(), 60_000))
        .as("seed %d: %s %s", seed, ann.states, bob.states).isTrue();

      assertAgreed(network, ann, bob, seed);
    }
  }

  /** One to three interfaces, all but the last walled in; that one may be behind a NAT. */
  private static void settle(SimPeer peer, Random random, String prefix, SimNat nat) {
    int dead = random.nextInt(3);
    for (int i = 0; i < dead; i++) {
      peer.host(prefix + (10 + i) + ".1", 1000 + i);
    }
    var before = peer.network.wall;
    peer.network.wall = (from, to) -> before.test(from, to) || isDead(from, prefix) || isDead(to, prefix);
    peer.host(nat == null ? prefix.replace("10.", "192.0.") + "1" : prefix + "1.1", 5000, nat);
  }

  private static boolean isDead(InetSocketAddress address, String prefix) {
    return address.getHostString().startsWith(prefix + "1") && address.getPort() < 2000;
  }

  private static void assertAgreed(SimNetwork network, SimPeer ann, SimPeer bob, int seed) {
    network.loss = 0;
    network.run(2_000);
    int annHad = ann.data;
    int bobHad = bob.data;
    ann.sendData();
    bob.sendData();
    network.run(500);
    assertThat(bob.data - bobHad).as("seed %d: ann's data reaches bob", seed).isEqualTo(1);
    assertThat(ann.data - annHad).as("seed %d: bob's data reaches ann", seed).isEqualTo(1);
    assertThat(ann.agent.selectedPair().nominated()).isTrue();
    assertThat(bob.agent.selectedPair().nominated()).isTrue();
    assertThat(ann.agent.role()).isEqualTo(IceRole.CONTROLLING);
    assertThat(ann.gatheringDone).isEqualTo(1);
    assertThat(network.packets).as("seed %d: packets of both", seed).isLessThan(500);
    assertThat(network.timers).as("seed %d: timer calls of both", seed).isLessThan(500);
  }
}
