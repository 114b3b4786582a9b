package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.causeOf;
import static io.aiconexus.flow.World.failureOf;
import static io.aiconexus.flow.World.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.HostOptions;
import io.aiconexus.peer.Link;
import io.aiconexus.peer.LinkState;
import io.aiconexus.webrtc.DataChannelOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** How links come up, stay and end. */
class ConnectFlowTest {

  @OnEveryEngine
  void twoAgentsAtDifferentDoorsConnect(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Agent bob = world.hostOverWebSocket();
      BlockingQueue<Link> linked = new LinkedBlockingQueue<>();
      bob.onLink(linked::add);

      Link link = await(ann.connect(bob.did()));

      assertThat(link.state()).isEqualTo(LinkState.CONNECTED);
      assertThat(link.local()).isEqualTo(ann.did());
      assertThat(link.remote()).isEqualTo(bob.did());
      assertThat(next(linked).remote()).isEqualTo(ann.did());
      assertThat(await(ann.link(bob.did()))).contains(link);
      assertThat(await(bob.links())).extracting(Link::remote).containsExactly(ann.did());
      assertThat(await(link.stats()).toJson()).isNotEmpty();
    }
  }

  @OnEveryEngine
  void theChannelsAskedForAreOpenAtOnce(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Agent bob = world.host();

      Link link = await(ann.connect(bob.did(), Duration.ofSeconds(20),
        Map.of("one", DataChannelOptions.DEFAULTS, "two", new DataChannelOptions(false, 0, null, "", false, null))));

      assertThat(await(link.channel("one")).isOpen()).isTrue();
      assertThat(await(link.channel("two")).options().ordered()).isFalse();

      Link again = await(ann.connect(bob.did(), Duration.ofSeconds(20), Map.of("three", DataChannelOptions.DEFAULTS)));
      Future<Channel> three = again.channel("three");
      assertThat(again).isSameAs(link);
      assertThat(await(three).isOpen()).isTrue();
    }
  }

  @OnEveryEngine
  void twoConnectsAtOnceShareOneLink(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Agent bob = world.host();

      Future<Link> first = ann.connect(bob.did());
      Future<Link> second = ann.connect(bob.did());

      assertThat(await(first)).isSameAs(await(second));
      assertThat(await(bob.links())).hasSize(1);
    }
  }

  @OnEveryEngine
  void offersThatCrossMakeOneLinkWithTheChannelsOfBoth(String engine) {
    try (World world = World.of(engine)) {
      for (int round = 0; round < 5; round++) {
        Agent ann = world.host();
        Agent bob = world.host();

        Future<Link> there = ann.connect(bob.did(), Duration.ofSeconds(20), Map.of("a", DataChannelOptions.DEFAULTS));
        Future<Link> back = bob.connect(ann.did(), Duration.ofSeconds(20), Map.of("b", DataChannelOptions.DEFAULTS));

        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Link annToBob = await(there);
        Link bobToAnn = await(back);
        await(annToBob.channel("b")).messageHandler(message -> heard.add(message.text()));
        await(bobToAnn.channel("a")).messageHandler(message -> heard.add(message.text()));
        await(await(annToBob.channel("a")).writeText("from ann"));
        await(await(bobToAnn.channel("b")).writeText("from bob"));
        assertThat(new String[] {next(heard), next(heard)}).containsExactlyInAnyOrder("from ann", "from bob");
        assertThat(await(ann.links())).hasSize(1);
      }
    }
  }

  @OnEveryEngine
  void whoIsNotThereIsUnknownAtOnce(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();

      assertThat(failureOf(ann.connect(AgentKey.generate().did()))).isEqualTo(Failure.UNKNOWN_AGENT);
      assertThat(failureOf(ann.connect(ann.did()))).isEqualTo(Failure.BAD_REQUEST);
      assertThat(await(ann.links())).isEmpty();
      world.until(() -> world.node.engine().orElseThrow().connections() == 0);
    }
  }

  @OnEveryEngine
  void whoAcceptsNobodyRefuses(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Agent bob = world.host(HostOptions.DEFAULTS.accepting(anybody -> false));
      Agent broken = world.host(HostOptions.DEFAULTS.accepting(anybody -> {
        throw new IllegalStateException("as a test does");
      }));

      assertThat(failureOf(ann.connect(bob.did()))).isEqualTo(Failure.CONNECTION_REFUSED);
      assertThat(failureOf(ann.connect(broken.did()))).isEqualTo(Failure.CONNECTION_REFUSED);
      assertThat(await(bob.links())).isEmpty();
      assertThat(await(bob.connect(ann.did())).state()).isEqualTo(LinkState.CONNECTED);
    }
  }

  @OnEveryEngine
  void anAnswerThatNeverComesTimesOut(String engine) {
    try (World world = World.of(engine); Wire mute = Wire.join(world)) {
      Agent ann = world.host();

      Future<Link> connecting = ann.connect(mute.key.did(), Duration.ofMillis(500), Map.of());

      assertThat(mute.next("OFFER").getString("connection_id")).isNotEmpty();
      assertThat(failureOf(connecting)).isEqualTo(Failure.TIMEOUT);
      assertThat(mute.next("BYE").getString("connection_id")).isNotEmpty();
      assertThat(await(ann.links())).isEmpty();
    }
  }

  @OnEveryEngine
  void aConnectWithLessTimeEndsBeforeTheOneItShares(String engine) {
    try (World world = World.of(engine); Wire mute = Wire.join(world)) {
      Agent ann = world.host();

      Future<Link> patient = ann.connect(mute.key.did(), Duration.ofSeconds(20), Map.of());
      Future<Link> hasty = ann.connect(mute.key.did(), Duration.ofMillis(200), Map.of());

      assertThat(failureOf(hasty)).isEqualTo(Failure.TIMEOUT);
      assertThat(patient.isComplete()).isFalse();
      mute.send("BYE", ann, new JsonObject().put("connection_id", mute.next("OFFER").getString("connection_id")));
      assertThat(failureOf(patient)).isEqualTo(Failure.CONNECT_FAILED);
    }
  }

  @OnEveryEngine
  void anAnswerThatIsNoneFailsTheConnect(String engine) {
    try (World world = World.of(engine); Wire odd = Wire.join(world)) {
      Agent ann = world.host();

      Future<Link> connecting = ann.connect(odd.key.did());
      String connection = odd.next("OFFER").getString("connection_id");
      odd.send("ANSWER", ann, new JsonObject().put("connection_id", connection).put("sdp", "no sdp at all"));

      assertThat(failureOf(connecting)).isEqualTo(Failure.CONNECT_FAILED);
    }
  }

  @OnEveryEngine
  void anOfferThatIsNoneIsRefusedAndLeavesNothing(String engine) {
    try (World world = World.of(engine); Wire odd = Wire.join(world)) {
      Agent ann = world.host();

      odd.send("OFFER", ann, new JsonObject().put("connection_id", "c1").put("sdp", "no sdp at all"));

      assertThat(odd.next("ERROR").getString("code")).isEqualTo("MALFORMED_MESSAGE");
      assertThat(await(ann.links())).isEmpty();
    }
  }

  @OnEveryEngine
  void ourOfferRefusedWhileTheirsCrossedLeavesTheirs(String engine) {
    try (World world = World.of(engine)) {
      // The higher DID does not yield, so it must be ours here.
      AgentKey one = AgentKey.generate();
      AgentKey two = AgentKey.generate();
      boolean ordered = one.did().toString().compareTo(two.did().toString()) > 0;
      Agent ann = await(world.node.host(ordered ? one : two, HostOptions.DEFAULTS));
      Agent bob = world.host();
      try (Wire other = Wire.join(world, ordered ? two : one)) {
        String sdp = offerOf(world, bob);

        Future<Link> connecting = ann.connect(other.key.did());
        JsonObject offered = other.next("OFFER");
        other.send("OFFER", ann, new JsonObject().put("connection_id", "theirs").put("sdp", sdp));
        other.sendAbout(other.idOf("OFFER"), "ERROR", ann, new JsonObject().put("code", "CONNECTION_REFUSED")
          .put("message", "as a test does").put("retryable", false));

        assertThat(other.next("ANSWER").getString("connection_id")).isEqualTo("theirs");
        assertThat(offered.getString("connection_id")).isNotEqualTo("theirs");
        assertThat(connecting.isComplete()).isFalse();
      }
    }
  }

  @OnEveryEngine
  void unhostingEndsConnectsThatAreUnderWay(String engine) {
    try (World world = World.of(engine); Wire mute = Wire.join(world)) {
      Agent ann = world.host();
      Future<Link> connecting = ann.connect(mute.key.did());
      mute.next("OFFER");

      await(world.node.unhost(ann.did()));

      assertThat(failureOf(connecting)).isEqualTo(Failure.CANCELLED);
      assertThat(failureOf(ann.connect(mute.key.did()))).isEqualTo(Failure.CANCELLED);
      assertThat(mute.next("BYE")).isNotNull();
      assertThat(world.refusal(Addresses.peer(ann.did()), new JsonObject().put("action", "links")))
        .isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @OnEveryEngine
  void closingEndsTheLinkAtBothEnds(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Agent bob = world.host();
      BlockingQueue<Link> linked = new LinkedBlockingQueue<>();
      bob.onLink(linked::add);
      Link link = await(ann.connect(bob.did()));
      BlockingQueue<LinkState> here = new LinkedBlockingQueue<>();
      BlockingQueue<LinkState> there = new LinkedBlockingQueue<>();
      link.stateHandler(here::add);
      next(linked).stateHandler(there::add);
      await(ann.links());
      await(bob.links());

      await(link.close());
      await(link.close());

      assertThat(next(here)).isEqualTo(LinkState.CLOSED);
      // The BYE goes through the gateway, DTLS's own goodbye straight to the other end: where that is faster, the path
      // is lost first. The BYE closes at once in either state.
      assertThat(statesUntilClosed(there)).isIn(List.of(LinkState.CLOSED),
        List.of(LinkState.DISCONNECTED, LinkState.CLOSED));
      assertThat(failureOf(link.stats())).isEqualTo(Failure.NOT_CONNECTED);
      assertThat(failureOf(link.channel("late"))).isEqualTo(Failure.NOT_CONNECTED);
      assertThat(await(bob.links())).isEmpty();
      assertThat(await(ann.connect(bob.did()))).isNotSameAs(link);
    }
  }

  @OnEveryEngine
  void anAgentThatComesBackUnderItsDidGetsANewConnection(String engine) {
    try (World world = World.of(engine)) {
      AgentKey key = AgentKey.generate();
      Agent bob = world.host();
      Agent ann = await(world.node.host(key, HostOptions.DEFAULTS));
      Link old = await(ann.connect(bob.did()));
      Channel data = await(old.channel("data"));

      await(world.node.unhost(key.did()));
      Agent again = await(world.node.host(key, HostOptions.DEFAULTS));
      Link link = await(again.connect(bob.did()));

      assertThat(data.isOpen()).isFalse();
      assertThat(await(await(link.channel("data")).writeText("anew"))).isNull();
      assertThat(await(bob.links())).hasSize(1);
    }
  }

  @OnEveryEngine
  void channelOptionsThatCannotBeHadFailTheConnectAtOnce(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Agent bob = world.host();

      Throwable cause = causeOf(ann.connect(bob.did(), Duration.ofSeconds(20),
        Map.of("x".repeat(70_000), DataChannelOptions.DEFAULTS)));

      assertThat(Failure.of(cause)).isEqualTo(Failure.BAD_REQUEST);
      assertThat(failureOf(ann.connect(bob.did(), Duration.ofSeconds(20),
        Map.of("ioap", DataChannelOptions.DEFAULTS)))).isEqualTo(Failure.BAD_REQUEST);
      assertThat(failureOf(ann.connect(bob.did(), Duration.ZERO, Map.of()))).isEqualTo(Failure.BAD_REQUEST);
    }
  }

  @OnEveryEngine
  void anAgentTakesNoMoreLinksThanItMay(String engine) {
    try (World world = World.of(engine, new JsonObject().put("peer", new JsonObject().put("max_links", 1)))) {
      Agent ann = world.host();
      Agent bob = world.host();
      Agent cat = world.host();
      await(ann.connect(bob.did()));

      assertThat(failureOf(ann.connect(cat.did()))).isEqualTo(Failure.OVERLOADED);
      assertThat(failureOf(cat.connect(ann.did()))).isEqualTo(Failure.CONNECTION_REFUSED);
    }
  }

  private static List<LinkState> statesUntilClosed(BlockingQueue<LinkState> heard) {
    List<LinkState> states = new ArrayList<>(List.of(next(heard)));
    while (states.get(states.size() - 1) != LinkState.CLOSED) {
      states.add(next(heard));
    }
    return states;
  }

  /** An OFFER's SDP as the engine of the world writes it: what an agent offers to somebody who only listens. */
  private static String offerOf(World world, Agent agent) {
    try (Wire listener = Wire.join(world)) {
      agent.connect(listener.key.did());
      return listener.next("OFFER").getString("sdp");
    }
  }
}
