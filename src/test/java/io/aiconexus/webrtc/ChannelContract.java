package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.assertFails;
import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every engine promises about channels. */
interface ChannelContract extends EngineUnderTest {

  int LONGEST = 262_144;

  @Test
  default void textAndBinaryKeepTheirKindAndBytes() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    Buffer binary = numbered(1_000, 7);

    ears[0].say("grüße, 世界 \uD83D\uDE80");
    End.await(ears[0].send(binary, true));

    Ear.Heard text = ears[1].hear();
    assertThat(text.text()).isEqualTo("grüße, 世界 \uD83D\uDE80");
    assertThat(text.binary()).isFalse();
    Ear.Heard bytes = ears[1].hear();
    assertThat(bytes.data()).isEqualTo(binary);
    assertThat(bytes.binary()).isTrue();
    closeAll(ears);
  }

  @Test
  default void emptyMessagesArriveEmpty() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);

    End.await(ears[0].send(Buffer.buffer(), true));
    End.await(ears[0].send(Buffer.buffer(), false));

    Ear.Heard first = ears[1].hear();
    Ear.Heard second = ears[1].hear();
    assertThat(List.of(first.data().length(), second.data().length())).containsExactly(0, 0);
    assertThat(List.of(first.binary(), second.binary())).containsExactly(true, false);
    closeAll(ears);
  }

  @Test
  default void theLongestMessageArrivesAndALongerOneIsRefusedWithoutHarm() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);

    End.await(ears[0].send(numbered(LONGEST, 1), true));
    assertFails(Failure.MESSAGE_TOO_LARGE, ears[0].send(numbered(LONGEST + 1, 2), true));
    ears[0].say("still open");

    assertThat(ears[1].hear().data()).isEqualTo(numbered(LONGEST, 1));
    assertThat(ears[1].hear().text()).isEqualTo("still open");
    closeAll(ears);
  }

  @Test
  default void anAnnouncedChannelHasTheSameOptionsAtBothEnds() {
    End[] ends = pair();
    Ear lossy = ends[0].channel("lossy", new DataChannelOptions(false, 3, null, "p1", false, null));
    ends[0].connect();
    lossy.open();
    Ear timed = ends[0].channel("timed", new DataChannelOptions(false, null, 500, "", false, null)).open();
    Ear strict = ends[0].channel("strict", new DataChannelOptions(true, null, null, "p2", false, null)).open();

    for (Ear here : List.of(lossy, timed, strict)) {
      Ear there = End.next(ends[1].incoming).open();
      assertThat(there.channel.label()).isEqualTo(here.channel.label());
      assertThat(there.channel.options()).isEqualTo(here.channel.options());
      assertThat(there.look(DataChannel::id)).isEqualTo(here.look(DataChannel::id)).isNotNegative();
      here.say("to " + here.channel.label());
      assertThat(there.hear().text()).isEqualTo("to " + here.channel.label());
    }
    closeAll(ends);
  }

  @Test
  default void aNegotiatedChannelOpensAtBothEndsWithoutAnnouncement() {
    Ear[] ears = openChannel(DataChannelOptions.negotiated(5));

    ears[0].say("one");
    ears[1].say("two");

    assertThat(ears[1].hear().text()).isEqualTo("one");
    assertThat(ears[0].hear().text()).isEqualTo("two");
    assertThat(ears[0].look(DataChannel::id)).isEqualTo(5);
    assertThat(ears[1].end.incoming).isEmpty();
    closeAll(ears);
  }

  @Test
  default void messagesOfEachChannelKeepTheirOrder() {
    Ear[] first = openChannel(DataChannelOptions.DEFAULTS);
    Ear second = first[1].end.channel("second", DataChannelOptions.DEFAULTS).open();
    Ear secondThere = End.next(first[0].end.incoming).open();
    List<Future<Void>> sent = new ArrayList<>();

    for (int i = 0; i < 300; i++) {
      sent.add(first[0].send(Buffer.buffer("a" + i), false));
      sent.add(second.send(Buffer.buffer("b" + i), false));
    }

    End.await(Future.all(sent));
    for (int i = 0; i < 300; i++) {
      assertThat(first[1].hear().text()).isEqualTo("a" + i);
      assertThat(secondThere.hear().text()).isEqualTo("b" + i);
    }
    closeAll(first);
  }

  @Test
  default void eitherSideMayCloseAndWhatWasSentBeforeArrivesFirst() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    Ear second = ears[0].end.channel("second", DataChannelOptions.DEFAULTS).open();
    Ear secondThere = End.next(ears[1].end.incoming).open();

    closeAfterSending(ears[0], ears[1]);
    closeAfterSending(secondThere, second);

    assertFails(Failure.NOT_CONNECTED, ears[1].send(Buffer.buffer("late"), false));
    Ear third = ears[0].end.channel("third", DataChannelOptions.DEFAULTS).open();
    third.say("the connection lives");
    assertThat(End.next(ears[1].end.incoming).open().hear().text()).isEqualTo("the connection lives");
    closeAll(ears);
  }

  private static void closeAfterSending(Ear from, Ear to) {
    from.run(channel -> {
      for (int i = 0; i < 50; i++) {
        channel.send(numbered(20_000, i), true);
      }
      channel.close();
    });
    for (int i = 0; i < 50; i++) {
      assertThat(to.hear().data()).isEqualTo(numbered(20_000, i));
    }
    assertThat(End.next(from.closed)).isEqualTo(Ear.ASKED);
    assertThat(End.next(to.closed)).isNotEqualTo(Ear.ASKED);
    assertThat(from.look(DataChannel::state)).isEqualTo(DataChannelState.CLOSED);
    assertThat(to.look(DataChannel::state)).isEqualTo(DataChannelState.CLOSED);
  }

  @Test
  default void aChannelThatIsNotOpenSendsNothing() {
    End[] ends = pair();
    Ear ear = ends[0].channel("data", DataChannelOptions.DEFAULTS);

    assertThat(ear.look(DataChannel::state)).isEqualTo(DataChannelState.CONNECTING);
    assertFails(Failure.NOT_CONNECTED, ear.send(Buffer.buffer("early"), false));
    closeAll(ends);
  }

  @Test
  default void aPausedReaderHearsEverythingOnceItResumes() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    ears[1].run(DataChannel::pause);
    for (int i = 0; i < 100; i++) {
      ears[0].send(numbered(16_384, i), true);
    }
    ears[1].end.call(PeerConnection::stats);
    assertThat(ears[1].messages).isEmpty();

    ears[0].run(DataChannel::close);
    ears[1].run(DataChannel::resume);

    for (int i = 0; i < 100; i++) {
      assertThat(ears[1].hear().data()).isEqualTo(numbered(16_384, i));
    }
    End.next(ears[1].closed);
    closeAll(ears);
  }

  @Test
  default void theBufferedAmountGrowsWithWhatIsSentAndFallsToTheThreshold() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);

    long afterSending = ears[0].look(channel -> {
      channel.bufferedAmountLowThreshold(1_000);
      for (int i = 0; i < 20; i++) {
        channel.send(numbered(50_000, i), true);
      }
      return channel.bufferedAmount();
    });

    assertThat(afterSending).isEqualTo(1_000_000);
    End.next(ears[0].lows);
    assertThat(ears[0].look(DataChannel::bufferedAmount)).isLessThanOrEqualTo(1_000);
    assertThat(ears[0].lows).isEmpty();
    closeAll(ears);
  }

  @Test
  default void whoSendsWithoutWaitingIsRefusedAtTheCapAndLosesNothingThatWasTaken() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    List<Future<Void>> sent = new ArrayList<>();

    ears[0].run(channel -> {
      for (int i = 0; i < 50; i++) {
        sent.add(channel.send(numbered(LONGEST, i), true));
      }
    });
    End.await(Future.join(sent).otherwiseEmpty());

    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      if (sent.get(i).succeeded()) {
        taken.add(i);
      } else {
        assertThat(Failure.of(sent.get(i).cause())).isEqualTo(Failure.OVERLOADED);
      }
    }
    assertThat(taken).hasSizeBetween(16, 49);
    for (int i : taken) {
      assertThat(ears[1].hear().data()).isEqualTo(numbered(LONGEST, i));
    }
    closeAll(ears);
  }

  @Test
  default void aStreamCannotBeNegotiatedTwice() {
    End[] ends = pair();
    ends[0].channel("data", DataChannelOptions.negotiated(3));

    assertFails(Failure.BAD_REQUEST,
      ends[0].ask(to -> to.createDataChannel("again", DataChannelOptions.negotiated(3), new Ear(ends[0]))));
    closeAll(ends);
  }

  private static Buffer numbered(int length, int number) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) number);
    return Buffer.buffer(bytes);
  }
}
