package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aiconexus.webrtc.foreign.Ability;
import io.aiconexus.webrtc.foreign.Stack;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine in Java with each of the others, offering and answering. */
@Tag("interop")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass(name = "{0}")
@MethodSource("pairings")
class InteropTest {

  @Parameter
  private Pairing pairing;
  private Vertx vertx;
  private Engine ours;
  private Engine theirs;

  static Stream<Pairing> pairings() {
    return Arrays.stream(Stack.values())
      .flatMap(stack -> Stream.of(new Pairing(stack, true), new Pairing(stack, false)));
  }

  @BeforeParameterizedClassInvocation
  void start() throws Exception {
    assumeTrue(pairing.stack().missing().isEmpty(), () -> pairing.stack().missing().orElseThrow());
    vertx = Vertx.vertx();
    ours = EngineUnderTest.named("jvm", vertx, NativeOptions.DEFAULTS);
    theirs = pairing.stack().open(vertx);
  }

  @AfterParameterizedClassInvocation
  void stop() {
    if (vertx != null) {
      End.await(theirs.close());
      End.await(ours.close());
      End.await(vertx.close());
      vertx = null;
    }
  }

  /** The one that offers comes first. */
  private End[] pair() {
    return pairing.weOffer() ? End.pair(vertx, ours, theirs) : End.pair(vertx, theirs, ours);
  }

  private Ear[] openChannel(End[] ends) {
    Ear here = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[0].connect();
    here.open();
    return new Ear[] {here, End.next(ends[1].incoming).open()};
  }

  private Ear[] openChannel() {
    return openChannel(pair());
  }

  /** Leaves a test out that the other stack cannot pass. */
  private void needs(Ability ability) {
    assumeTrue(pairing.stack().limit(ability).isEmpty(), () -> pairing.stack().limit(ability).orElseThrow());
  }

  /** Which of the two ends is ours. */
  private int us() {
    return pairing.weOffer() ? 0 : 1;
  }

  /** The longest message that the end of that index may send. */
  private int longestFrom(int end) {
    return end == us() ? pairing.stack().longest() : pairing.stack().longestSent();
  }

  private static void talk(Ear[] ears) {
    ears[0].say("one");
    ears[1].say("two");
    assertThat(ears[1].hear().text()).isEqualTo("one");
    assertThat(ears[0].hear().text()).isEqualTo("two");
  }

  @Test
  void whoeverOffersIsTheDtlsServer() {
    Ear[] ears = openChannel();
    talk(ears);

    assertThat(Stream.of(ears).flatMap(ear -> ear.end.refused.stream())).as("refused candidates").isEmpty();
    closeAll(ears);
  }

  @Test
  void whoeverOffersIsTheDtlsClient() {
    needs(pairing.weOffer() ? Ability.SERVER_WHEN_ANSWERING : Ability.CLIENT_WHEN_OFFERING);
    End[] ends = pair();
    ends[0].telling = offer -> new SessionDescription(offer.type(),
      offer.sdp().replace("a=setup:actpass", "a=setup:active"));
    Ear[] ears = openChannel(ends);
    talk(ears);
    closeAll(ears);
  }

  @Test
  void everyKindOfMessageArrivesInBothDirections() {
    Ear[] ears = openChannel();

    for (int i = 0; i < 2; i++) {
      Ear from = ears[i];
      Ear to = ears[1 - i];
      int longest = longestFrom(i);
      boolean isEmptySent = i == us() || pairing.stack().limit(Ability.EMPTY_MESSAGES).isEmpty();
      from.say("grüße, 世界");
      End.await(from.send(random(1_000, i), true));
      if (isEmptySent) {
        End.await(from.send(Buffer.buffer(), true));
        End.await(from.send(Buffer.buffer(), false));
      }
      End.await(from.send(random(longest, i), true));

      assertThat(to.hear().text()).isEqualTo("grüße, 世界");
      assertThat(to.hear()).isEqualTo(new Ear.Heard(random(1_000, i), true));
      if (isEmptySent) {
        assertThat(to.hear()).isEqualTo(new Ear.Heard(Buffer.buffer(), true));
        assertThat(to.hear()).isEqualTo(new Ear.Heard(Buffer.buffer(), false));
      }
      assertThat(to.hear()).isEqualTo(new Ear.Heard(random(longest, i), true));
    }
    closeAll(ears);
  }

  @Test
  void manyLongMessagesArriveWholeAndInOrderBothWaysAtOnce() {
    Ear[] ears = openChannel();
    List<Future<Void>> sent = new ArrayList<>();

    for (int i = 0; i < 40; i++) {
      sent.add(ears[i % 2].send(random(longestFrom(i % 2), i), true));
    }

    End.await(Future.all(sent));
    for (int i = 0; i < 40; i++) {
      assertThat(ears[1 - i % 2].hear().data()).isEqualTo(random(longestFrom(i % 2), i));
    }
    closeAll(ears);
  }

  @Test
  void channelsThatDeliverDifferentlyKeepTheirOptionsAndCarryData() {
    Ear[] ears = openChannel();
    List<DataChannelOptions> kinds = List.of(new DataChannelOptions(false, null, null, "", false, null),
      new DataChannelOptions(false, 0, null, "p", false, null), new DataChannelOptions(true, 3, null, "", false, null),
      new DataChannelOptions(true, null, 500, "", false, null));

    for (DataChannelOptions kind : kinds) {
      for (int side = 0; side < 2; side++) {
        Ear here = ears[side].end.channel("kind", kind).open();
        Ear there = End.next(ears[1 - side].end.incoming).open();
        if (isTold(side)) {
          assertThat(there.channel.options()).isEqualTo(kind);
        }
        assertThat(there.look(DataChannel::id)).isEqualTo(here.look(DataChannel::id));
        talk(new Ear[] {here, there});
      }
    }
    closeAll(ears);
  }

  /** Whether the other end gets to know how a channel delivers that the end of that index made. */
  private boolean isTold(int maker) {
    Stack stack = pairing.stack();
    return stack.limit(maker == us() ? Ability.OPTIONS_OF_THE_OTHER_END : Ability.OPTIONS_OF_ITS_OWN).isEmpty();
  }

  @Test
  void aHundredChannelsOpenFromBothSidesAndCarryTheirOwn() {
    Ear[] ears = openChannel();
    for (int i = 0; i < 100; i++) {
      Ear here = ears[i % 2].end.channel("c" + i, DataChannelOptions.DEFAULTS).open();
      here.say("on " + i);
      Ear there = End.next(ears[1 - i % 2].end.incoming).open();
      assertThat(there.channel.label()).isEqualTo("c" + i);
      assertThat(there.hear().text()).isEqualTo("on " + i);
    }
    closeAll(ears);
  }

  private int rounds() {
    return pairing.weOffer() || pairing.stack().limit(Ability.REUSED_STREAMS).isEmpty() ? 6 : 2;
  }

  @Test
  void eitherSideClosesAChannelAndItsStreamIsUsedAnew() {
    Ear[] ears = openChannel();
    for (int i = 0; i < rounds(); i++) {
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

    talk(new Ear[] {here.open(), there.open()});
    closeAll(ends);
  }

  @Test
  void anIceRestartFromEitherSideKeepsTheChannel() {
    needs(Ability.ICE_RESTART);
    Ear[] ears = openChannel();
    for (int side = 0; side < 2; side++) {
      End offering = ears[side].end;
      End answering = ears[1 - side].end;
      offering.call(to -> {
        to.restartIce();
        return Future.succeededFuture();
      });
      answering.accept(offering.describe());
      offering.accept(answering.describe());
      talk(ears);
    }
    closeAll(ears);
  }

  @Test
  void theOtherEndHearsOfTheClose() {
    for (int side = 0; side < 2; side++) {
      if (side == us() || pairing.stack().limit(Ability.GOODBYE).isEmpty()) {
        Ear[] ears = openChannel();
        ears[side].end.close();
        assertThat(End.next(ears[1 - side].closed)).isNotEqualTo(Ear.ASKED);
        ears[1 - side].end.close();
      }
    }
  }

  @Test
  void everyByteArrivesInOrderThroughLossAndReorderingBothWays() throws Exception {
    try (LossyPath path = new LossyPath(0.05, 0.05, Duration.ZERO, 7)) {
      End[] ends = pair();
      path.between(ends[us()], ends[1 - us()]);
      Ear[] ears = openChannel(ends);
      List<Future<Void>> sent = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        sent.add(ears[i % 2].send(random(10_000 + i, i), true));
      }

      End.await(Future.all(sent));
      for (int i = 0; i < 60; i++) {
        assertThat(ears[1 - i % 2].hear().data()).isEqualTo(random(10_000 + i, i));
      }
      assertThat(path.lost()).isPositive();
      closeAll(ears);
    }
  }

  private static Buffer random(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }
}
