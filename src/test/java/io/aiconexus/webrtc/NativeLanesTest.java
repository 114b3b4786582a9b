package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.assertFails;
import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@DisabledIfSystemProperty(named = "aiconexus.test.native", matches = "off")
class NativeLanesTest implements EngineUnderTest {

  private static final int BUDGET = 20;

  private Vertx vertx;
  private Engine engine;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    engine = EngineUnderTest.named("native", vertx,
      new NativeOptions(1, true, false, true, 0, 0, 1 << 20, 256 << 10, 8 << 20, 256 << 10, BUDGET, 4));
  }

  @AfterEach
  void stop() {
    End.await(engine.close());
    End.await(vertx.close());
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Test
  void aLaneThatHasReceivedItsBudgetIsReplacedAndEndsWithItsLastConnection() throws InterruptedException {
    Ear[] old = openChannel(DataChannelOptions.DEFAULTS);
    Thread thread = laneThreads().get(0);
    for (int i = 0; i < BUDGET; i++) {
      old[0].say("message " + i);
      old[1].hear();
    }

    Ear[] fresh = openChannel(DataChannelOptions.DEFAULTS);
    assertThat(lanes()).extracting(lane -> lane.getBoolean("retiring")).containsExactlyInAnyOrder(true, false);
    old[0].say("the old lane still works");
    assertThat(old[1].hear().text()).isEqualTo("the old lane still works");
    closeAll(old);

    thread.join(TimeUnit.SECONDS.toMillis(End.PATIENCE));
    assertThat(thread.isAlive()).isFalse();
    assertThat(lanes()).extracting(lane -> lane.getBoolean("retiring")).containsExactly(false);
    assertThat(engine.status().details().getInteger("recycled")).isEqualTo(1);
    fresh[0].say("the new lane works");
    assertThat(fresh[1].hear().text()).isEqualTo("the new lane works");
    closeAll(fresh);
  }

  @Test
  void endsOnDifferentLanesTalkToEachOther() {
    Engine two = EngineUnderTest.named("native", vertx, NativeOptions.DEFAULTS);
    End odd = End.make(vertx, two, PeerConnectionOptions.DEFAULTS);
    End[] ends = End.pair(vertx, two, two);
    assertThat(lanes(two)).extracting(lane -> lane.getInteger("connections")).containsExactlyInAnyOrder(2, 1);
    Ear here = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[0].connect();
    here.open();
    Ear there = End.next(ends[1].incoming).open();

    for (int i = 0; i < 200; i++) {
      here.send(Buffer.buffer(new byte[10_000 + i]), true);
      there.send(Buffer.buffer(new byte[20_000 + i]), true);
    }

    for (int i = 0; i < 200; i++) {
      assertThat(there.hear().data().length()).isEqualTo(10_000 + i);
      assertThat(here.hear().data().length()).isEqualTo(20_000 + i);
    }
    closeAll(odd, ends[0], ends[1]);
    End.await(two.close());
  }

  @Test
  void everyClosedConnectionIsReleased() {
    closeAll(openChannel(DataChannelOptions.DEFAULTS));
    closeAll(pair());

    assertThat(engine.status().details().getBoolean("releases_handles")).isTrue();
    assertThat(lanes().get(0).getInteger("closed")).isEqualTo(4);
    assertThat(lanes().get(0).getInteger("released")).isEqualTo(4);
  }

  @Test
  void noMoreConnectionsAreMadeThanAllowed() {
    End[] first = pair();
    End[] second = pair();

    assertFails(Failure.OVERLOADED, engine.connection(first[0].context, PeerConnectionOptions.DEFAULTS, first[0]));

    closeAll(first);
    closeAll(pair());
    closeAll(second);
  }

  @Test
  void aReaderThatDoesNotKeepUpLosesItsChannelAndNothingElse() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    Ear second = ears[0].end.channel("second", DataChannelOptions.DEFAULTS).open();
    Ear secondThere = End.next(ears[1].end.incoming).open();
    ears[1].run(DataChannel::pause);
    for (int i = 0; i < 20; i++) {
      ears[0].send(Buffer.buffer(new byte[50_000]), true);
    }

    End.next(ears[0].closed);
    ears[1].run(DataChannel::resume);
    assertThat(End.next(ears[1].closed)).contains("receive_cap_bytes");
    second.say("alive");
    assertThat(secondThere.hear().text()).isEqualTo("alive");
    closeAll(ears);
  }

  @Test
  void aStreamThatLibwebrtcWouldRefuseIsRefusedBeforeItCrashes() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    End end = ears[1].end;
    int taken = ears[1].look(DataChannel::id);
    List<Future<DataChannel>> many = new ArrayList<>();

    assertFails(Failure.BAD_REQUEST, make(end, DataChannelOptions.negotiated(taken)));
    assertFails(Failure.BAD_REQUEST, make(end, DataChannelOptions.negotiated(1_024)));
    for (int i = 0; i < 300; i++) {
      many.add(make(end, DataChannelOptions.DEFAULTS));
    }

    End.await(Future.join(many).otherwiseEmpty());
    assertThat(many.stream().filter(Future::succeeded)).hasSize(255);
    assertFails(Failure.OVERLOADED, many.get(299));
    closeAll(ears);
  }

  @Test
  void closingTheEngineClosesItsConnectionsAndEndsItsThreads() throws InterruptedException {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    List<Thread> threads = laneThreads();
    assertThat(threads).isNotEmpty().allMatch(Thread::isDaemon);

    End.await(engine.close());

    assertFails(Failure.CANCELLED, ears[0].end.ask(PeerConnection::stats));
    assertFails(Failure.CANCELLED, engine.connection(ears[0].end.context, PeerConnectionOptions.DEFAULTS, ears[0].end));
    for (Thread thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(End.PATIENCE));
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private static Future<DataChannel> make(End end, DataChannelOptions options) {
    return end.ask(to -> to.createDataChannel("more", options, new Ear(end)));
  }

  private List<JsonObject> lanes() {
    return lanes(engine);
  }

  private static List<JsonObject> lanes(Engine of) {
    JsonArray lanes = of.status().details().getJsonArray("lanes");
    return lanes.stream().map(JsonObject.class::cast).toList();
  }

  private static List<Thread> laneThreads() {
    return Thread.getAllStackTraces().keySet().stream().filter(one -> one.getName().startsWith("aiconexus-native-"))
      .filter(Thread::isAlive).toList();
  }
}
