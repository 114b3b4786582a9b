package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DtlsLossTest {

  /** Cuts flights into several datagrams, so that there is more to lose. */
  private static final DtlsSettings SMALL = new DtlsSettings(512, Duration.ofMillis(50), Duration.ofMinutes(2), 64);

  private final Rig rig = new Rig(256, 1024);

  @AfterEach
  void leaveNoThreadBehind() throws InterruptedException {
    rig.close();
  }

  @Test
  void whicheverDatagramIsLostTheHandshakeSucceeds() throws Exception {
    int datagrams = 14;
    List<Pair> pairs = new ArrayList<>();
    for (int lost = 0; lost < datagrams; lost++) {
      pairs.add(new Pair(rig.loop, rig.workers, SMALL, Network.losing(lost)).start());
    }

    assertAllTalk(pairs);
  }

  @Test
  void smallDatagramsAreNeverExceeded() throws Exception {
    Pair pair = new Pair(rig.loop, rig.workers, SMALL, Network.losing(2)).connect();

    List<ByteBuffer> all = new ArrayList<>(pair.client.onLoop(() -> List.copyOf(pair.client.sent)));
    all.addAll(pair.server.onLoop(() -> List.copyOf(pair.server.sent)));

    assertThat(all).hasSizeGreaterThan(4).allMatch(datagram -> datagram.remaining() <= SMALL.datagramSize());
  }

  @Test
  void twentyPercentLossIsSurvivedByEverySeed() throws Exception {
    assertAllTalk(seeds(200, 0.2, 0, 0));
  }

  @Test
  void lossRepetitionAndReorderingTogetherAreSurvivedByEverySeed() throws Exception {
    assertAllTalk(seeds(200, 0.1, 0.2, 0.2));
  }

  private List<Pair> seeds(int count, double loss, double repetition, double delay) {
    List<Pair> pairs = new ArrayList<>();
    for (int seed = 0; seed < count; seed++) {
      Network network = Network.faulty(new Random(seed), loss, repetition, delay);
      pairs.add(new Pair(rig.loop, rig.workers, SMALL, network).start());
    }
    return pairs;
  }

  /** Both ends connect, and afterwards data passes in both directions once the network has become good. */
  private void assertAllTalk(List<Pair> pairs) throws Exception {
    for (Pair pair : pairs) {
      pair.client.awaitConnected();
      pair.server.awaitConnected();
    }
    for (Pair pair : pairs) {
      pair.heal();
      pair.client.say("ping");
      pair.server.say("pong");
      pair.settle();
      assertThat(pair.client.onLoop(() -> pair.server.received)).containsExactly("ping");
      assertThat(pair.client.onLoop(() -> pair.client.received)).containsExactly("pong");
    }
  }

  @Test
  void aServerThatIsDoneAnswersTheClientsRepeatedFlight() throws Exception {
    Pair pair = rig.pair(Network.losing(3)).connect();

    assertThat(pair.server.onLoop(() -> pair.server.sent)).hasSize(3);
    assertThat(pair.client.onLoop(() -> pair.client.sent)).hasSize(3);
  }

  @Test
  void dataThatOvertakesTheEndOfTheHandshakeIsKept() throws Exception {
    List<ByteBuffer> held = new ArrayList<>();
    Pair pair = rig.pair(Network.PERFECT);
    var toClient = pair.server.out;
    pair.server.onConnected = () -> {
      pair.server.transport.send(ByteBuffer.wrap("early".getBytes()));
    };
    pair.server.out = datagram -> {
      if (pair.server.sent.size() == 2) {
        held.add(datagram);
      } else {
        toClient.accept(datagram);
        held.forEach(toClient);
        held.clear();
      }
    };

    pair.start();
    pair.client.awaitConnected();
    pair.settle();

    assertThat(pair.client.onLoop(() -> pair.client.received)).containsExactly("early");
  }

  @Test
  void severalRecordsInOneDatagramAreAllRead() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();
    List<ByteBuffer> records = new ArrayList<>();
    pair.client.onLoop(() -> pair.client.out = records::add);
    for (String word : List.of("one", "two", "three")) {
      pair.client.say(word);
    }

    List<String> received = pair.server.onLoop(() -> {
      ByteBuffer joined = ByteBuffer.allocate(1000);
      records.forEach(joined::put);
      pair.server.deliver(joined.flip());
      return pair.server.received;
    });

    assertThat(records).hasSize(3);
    assertThat(received).containsExactly("one", "two", "three");
  }
}
