package io.aiconexus.signaling;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class DirectoryTest {

  private final Did ann = AgentKey.generate().did();

  @Test
  void theLaterClaimWinsWithTheHigherEpochAndLearnsOfTheEarlier(Vertx vertx) throws Exception {
    Directory directory = directory(vertx, node -> true);

    Directory.Claim first = directory.claim(entry("one", 1000)).await(5, SECONDS);
    Directory.Claim second = directory.claim(entry("two", 500)).await(5, SECONDS);

    assertThat(first.previous()).isNull();
    assertThat(second.previous()).isEqualTo(first.entry());
    assertThat(second.entry().epoch()).isGreaterThan(first.entry().epoch());
    assertThat(directory.find(ann).await(5, SECONDS)).isEqualTo(second.entry());
  }

  @Test
  void claimsAtTheSameTimeFormOneChain(Vertx vertx) throws Exception {
    Directory directory = directory(vertx, node -> true);
    List<Future<Directory.Claim>> claims = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      claims.add(directory.claim(entry("node" + i, 1000)));
    }
    Future.all(claims).await(10, SECONDS);

    assertThat(claims.stream().map(claim -> claim.result().entry().epoch())).doesNotHaveDuplicates();
    assertThat(claims.stream().map(claim -> claim.result().previous()).filter(previous -> previous != null)).hasSize(49)
      .doesNotHaveDuplicates();
  }

  @Test
  void aLateCleanUpDoesNotRemoveANewerSession(Vertx vertx) throws Exception {
    Directory directory = directory(vertx, node -> true);
    Entry old = directory.claim(entry("one", 1000)).await(5, SECONDS).entry();
    Entry newer = directory.claim(entry("two", 1000)).await(5, SECONDS).entry();

    assertThat(directory.remove(old).await(5, SECONDS)).isFalse();
    assertThat(directory.find(ann).await(5, SECONDS)).isEqualTo(newer);
    assertThat(directory.remove(newer).await(5, SECONDS)).isTrue();
    assertThat(directory.find(ann).await(5, SECONDS)).isNull();
  }

  @Test
  void whoSatOnALostNodeIsAbsentButItsEpochStillCounts(Vertx vertx) throws Exception {
    Entry lost = directory(vertx, node -> true).claim(entry("lost", 1000)).await(5, SECONDS).entry();
    Directory directory = directory(vertx, node -> !node.equals("lost"));

    assertThat(directory.find(ann).await(5, SECONDS)).isNull();
    assertThat(directory.all().await(5, SECONDS)).isEmpty();
    Directory.Claim claim = directory.claim(entry("here", 0)).await(5, SECONDS);
    assertThat(claim.previous()).isNull();
    assertThat(claim.entry().epoch()).isGreaterThan(lost.epoch());
  }

  @Test
  void aDeliverySurvivesTheWire() {
    Delivery delivery = new Delivery(ann, 7, AgentKey.generate().did(), "id", io.aiconexus.protocol.MessageType.OFFER,
      "{\"text\":\"\u00e9\u4e2d\ud83d\ude00\"}");
    Delivery fromGateway = Delivery.ofGateway(ann, ann, io.aiconexus.protocol.MessageType.ERROR, "{}");
    DeliveryCodec codec = new DeliveryCodec();
    Buffer wire = Buffer.buffer("before");
    codec.encodeToWire(wire, delivery);
    int second = wire.length();
    codec.encodeToWire(wire, fromGateway);

    assertThat(codec.decodeFromWire("before".length(), wire)).isEqualTo(delivery);
    assertThat(codec.decodeFromWire(second, wire)).isEqualTo(fromGateway);
    assertThat(codec.transform(delivery)).isSameAs(delivery);
  }

  private Entry entry(String node, long connectedAt) {
    return new Entry(ann, "inbox", node, 0, "session", List.of("sum"), connectedAt);
  }

  private static Directory directory(Vertx vertx, Predicate<String> nodeIsMember) throws Exception {
    AsyncMap<String, String> map = vertx.sharedData().<String, String>getAsyncMap(Directory.MAP).await(5, SECONDS);
    return new Directory(map, nodeIsMember);
  }
}
