package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The engine in Java and libwebrtc with each other; who offers is who implements this. */
@DisabledIfSystemProperty(named = "aiconexus.test.native", matches = "off")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Interop {

  private static final int LONGEST = 262_144;

  private final String offerer;
  private final String answerer;
  private Vertx vertx;
  private Engine left;
  private Engine right;

  Interop(String offerer, String answerer) {
    this.offerer = offerer;
    this.answerer = answerer;
  }

  @BeforeAll
  void start() {
    vertx = Vertx.vertx();
    left = EngineUnderTest.named(offerer, vertx, NativeOptions.DEFAULTS);
    right = EngineUnderTest.named(answerer, vertx, NativeOptions.DEFAULTS);
  }

  @AfterAll
  void stop() {
    End.await(left.close());
    End.await(right.close());
    End.await(vertx.close());
  }

  private End[] pair() {
    return End.pair(vertx, left, right);
  }

  private Ear[] openChannel(DataChannelOptions options) {
    End[] ends = pair();
    Ear here = ends[0].channel("data", options);
    ends[0].connect();
    here.open();
    return new Ear[] {here, End.next(ends[1].incoming).open()};
  }

  @Test
  void everyKindOfMessageArrivesInBothDirections() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);

    for (int i = 0; i < 2; i++) {
      Ear from = ears[i];
      Ear to = ears[1 - i];
      from.say("grüße, 世界");
      End.await(from.send(random(1_000, i), true));
      End.await(from.send(Buffer.buffer(), true));
      End.await(from.send(Buffer.buffer(), false));
      End.await(from.send(random(LONGEST, i), true));

      assertThat(to.hear().text()).isEqualTo("grüße, 世界");
      assertThat(to.hear()).isEqualTo(new Ear.Heard(random(1_000, i), true));
      assertThat(to.hear()).isEqualTo(new Ear.Heard(Buffer.buffer(), true));
      assertThat(to.hear()).isEqualTo(new Ear.Heard(Buffer.buffer(), false));
      assertThat(to.hear()).isEqualTo(new Ear.Heard(random(LONGEST, i), true));
    }
    closeAll(ears);
  }

  @Test
  void manyLongMessagesArriveWholeAndInOrderBothWaysAtOnce() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    List<Future<Void>> sent = new ArrayList<>();

    for (int i = 0; i < 20; i++) {
      sent.add(ears[0].send(random(LONGEST, i), true));
      sent.add(ears[1].send(random(LONGEST, 100 + i), true));
    }

    End.await(Future.all(sent));
    for (int i = 0; i < 20; i++) {
      assertThat(ears[1].hear().data()).isEqualTo(random(LONGEST, i));
      assertThat(ears[0].hear().data()).isEqualTo(random(LONGEST, 100 + i));
    }
    closeAll(ears);
  }

  @Test
  void channelsThatDeliverDifferentlyKeepTheirOptionsAndCarryData() {
    End[] ends = pair();
    Ear first = ends[0].channel("first", DataChannelOptions.DEFAULTS);
    ends[0].connect();
    first.open();
    End.next(ends[1].incoming).open();
    List<DataChannelOptions> kinds = List.of(new DataChannelOptions(false, null, null, "", false, null),
      new DataChannelOptions(false, 0, null, "p", false, null), new DataChannelOptions(true, 3, null, "", false, null),
      new DataChannelOptions(true, null, 500, "", false, null));

    for (DataChannelOptions kind : kinds) {
      for (int side = 0; side < 2; side++) {
        Ear here = ends[side].channel("kind", kind).open();
        Ear there = End.next(ends[1 - side].incoming).open();
        assertThat(there.channel.options()).isEqualTo(kind);
        assertThat(there.look(DataChannel::id)).isEqualTo(here.look(DataChannel::id));
        here.say("one");
        there.say("two");
        assertThat(there.hear().text()).isEqualTo("one");
        assertThat(here.hear().text()).isEqualTo("two");
      }
    }
    closeAll(ends);
  }

  @Test
  void aHundredChannelsOpenFromBothSidesAndCarryTheirOwn() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    for (int i = 0; i < 100; i++) {
      Ear here = ears[i % 2].end.channel("c" + i, DataChannelOptions.DEFAULTS).open();
      here.say("on " + i);
      Ear there = End.next(ears[1 - i % 2].end.incoming).open();
      assertThat(there.channel.label()).isEqualTo("c" + i);
      assertThat(there.hear().text()).isEqualTo("on " + i);
    }
    closeAll(ears);
  }

  @Test
  void eitherSideClosesAChannelAndItsStreamIsUsedAnew() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    for (int i = 0; i < 6; i++) {
      Ear here = ears[0].end.channel("short", DataChannelOptions.DEFAULTS).open();
      Ear there = End.next(ears[1].end.incoming).open();
      here.say("hello");
      assertThat(there.hear().text()).isEqualTo("hello");
      Ear closing = i % 2 == 0 ? here : there;
      closing.run(DataChannel::close);
      assertThat(End.next(closing.closed)).isEqualTo(Ear.ASKED);
      End.next((closing == here ? there : here).closed);
    }
    ears[1].say("the first one is still open");
    assertThat(ears[0].hear().text()).isEqualTo("the first one is still open");
    closeAll(ears);
  }

  @Test
  void negotiatedChannelsNeedNoAnnouncement() {
    End[] ends = pair();
    Ear here = ends[0].channel("data", DataChannelOptions.negotiated(7));
    Ear there = ends[1].channel("data", DataChannelOptions.negotiated(7));
    ends[0].connect();

    here.open().say("one");
    there.open().say("two");

    assertThat(there.hear().text()).isEqualTo("one");
    assertThat(here.hear().text()).isEqualTo("two");
    closeAll(ends);
  }

  @Test
  void anIceRestartFromEitherSideKeepsTheChannel() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    for (int side = 0; side < 2; side++) {
      End offering = ears[side].end;
      End answering = ears[1 - side].end;
      offering.call(to -> {
        to.restartIce();
        return Future.succeededFuture();
      });
      SessionDescription offer = offering.describe();
      answering.accept(offer);
      offering.accept(answering.describe());
      ears[0].say("after");
      ears[1].say("after");
      assertThat(ears[1].hear().text()).isEqualTo("after");
      assertThat(ears[0].hear().text()).isEqualTo("after");
    }
    closeAll(ears);
  }

  @Test
  void theOtherEndHearsOfTheClose() {
    for (int side = 0; side < 2; side++) {
      Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
      ears[side].end.close();
      assertThat(End.next(ears[1 - side].closed)).isNotEqualTo(Ear.ASKED);
      ears[1 - side].end.close();
    }
  }

  private static Buffer random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }
}
