package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.assertFails;
import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bus.Failure;
import io.vertx.core.buffer.Buffer;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every engine promises about connections. */
interface ConnectionContract extends EngineUnderTest {

  IceCandidate GOOD = new IceCandidate("candidate:1 1 udp 2130706431 192.0.2.1 9 typ host", "0", 0, null);

  @Test
  default void statesComeInTheOrderOfW3c() {
    End[] ends = pair();
    ends[0].channel("data", DataChannelOptions.DEFAULTS).end.connect();

    for (End end : ends) {
      assertThat(End.next(end.states)).isEqualTo(ConnectionState.CONNECTING);
      assertThat(End.next(end.states)).isEqualTo(ConnectionState.CONNECTED);
      assertThat(End.next(end.iceStates)).isEqualTo(IceConnectionState.CHECKING);
      assertThat(End.next(end.iceStates)).isEqualTo(IceConnectionState.CONNECTED);
    }
    closeAll(ends);
  }

  @Test
  default void theDescriptionComesBeforeItsCandidatesAndTheLastCandidateIsTheEnd() {
    End end = End.make(vertx(), engine(), PeerConnectionOptions.DEFAULTS);
    end.channel("data", DataChannelOptions.DEFAULTS);
    List<Integer> heardBefore = new ArrayList<>();

    SessionDescription offer = End.await(end.ask(to -> to.setLocalDescription()
      .onSuccess(made -> heardBefore.add(end.candidates.size()))));

    assertThat(heardBefore).containsExactly(0);
    IceCandidate first = End.next(end.candidates);
    assertThat(first.usernameFragment()).isEqualTo(SdpLines.ufrag(offer.sdp()));
    CandidateLine.check(first.candidate());
    IceCandidate last = first;
    while (!last.isEnd()) {
      last = End.next(end.candidates);
    }
    assertThat(last.usernameFragment()).isEqualTo(SdpLines.ufrag(offer.sdp()));
    end.close();
  }

  @Test
  default void nothingOfAClosedConnectionIsKept() throws InterruptedException {
    List<WeakReference<?>> gone = talkAndClose();

    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(End.PATIENCE);
    while (gone.stream().anyMatch(each -> each.get() != null) && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(gone).allSatisfy(each -> assertThat(each.get()).isNull());
  }

  private List<WeakReference<?>> talkAndClose() {
    End[] ends = pair();
    Ear here = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[0].connect();
    here.open().say("hello");
    Ear there = End.next(ends[1].incoming).open();
    assertThat(there.hear().text()).isEqualTo("hello");
    closeAll(ends);
    return List.of(new WeakReference<>(here), new WeakReference<>(there), new WeakReference<>(ends[0]),
      new WeakReference<>(ends[1]), new WeakReference<>(ends[0].connection), new WeakReference<>(ends[1].connection));
  }

  @Test
  default void whenBothOfferThePoliteOneYields() {
    End[] ends = pair();
    Ear polite = ends[0].channel("from the polite one", DataChannelOptions.DEFAULTS);
    Ear rude = ends[1].channel("from the rude one", DataChannelOptions.DEFAULTS);
    ends[0].describe();
    SessionDescription winning = ends[1].describe();

    assertFails(Failure.BAD_REQUEST, ends[0].ask(to -> to.setRemoteDescription(winning)));
    ends[0].call(PeerConnection::rollback);
    ends[0].accept(winning);
    ends[1].accept(ends[0].describe());

    polite.open().say("one");
    rude.open().say("two");
    assertThat(End.next(ends[0].incoming).open().hear().text()).isEqualTo("two");
    assertThat(End.next(ends[1].incoming).open().hear().text()).isEqualTo("one");
    closeAll(ends);
  }

  @Test
  default void anIceRestartRenewsTheCredentialsAndKeepsDataFlowing() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    End offerer = ears[0].end;
    End answerer = ears[1].end;
    String before = SdpLines.ufrag(offerer.describe().sdp());
    offerer.call(PeerConnection::rollback);

    offerer.connection.restartIce();
    SessionDescription offer = offerer.describe();
    ears[0].say("while renegotiating");
    answerer.accept(offer);
    offerer.accept(answerer.describe());
    ears[0].say("after");
    ears[1].say("back");

    assertThat(SdpLines.ufrag(offer.sdp())).isNotEqualTo(before);
    assertThat(ears[1].hear().text()).isEqualTo("while renegotiating");
    assertThat(ears[1].hear().text()).isEqualTo("after");
    assertThat(ears[0].hear().text()).isEqualTo("back");
    closeAll(ears);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "v=0\r\n", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n",
    "v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=ice-ufrag:\u0000\u0001\r\n", "\uD800\uDFFF%n%s%s"})
  default void aDescriptionThatIsNoneIsRefusedWithoutHarm(String garbage) {
    End[] ends = pair();
    Ear ear = ends[0].channel("data", DataChannelOptions.DEFAULTS);

    assertFails(Failure.BAD_REQUEST, ends[1].ask(to -> to.setRemoteDescription(SessionDescription.offer(garbage))));

    ends[0].connect();
    ear.open();
    closeAll(ends);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=ice-ufrag", "a=ice-pwd", "a=fingerprint", "a=setup", "m=application"})
  default void aDescriptionThatLacksALineIsRefusedWithoutHarm(String line) {
    End[] ends = pair();
    Ear ear = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    SessionDescription offer = ends[0].describe();
    String without = offer.sdp().replaceAll(line + "[^\r]*\r\n", "");

    assertFails(Failure.BAD_REQUEST, ends[1].ask(to -> to.setRemoteDescription(SessionDescription.offer(without))));

    ends[1].accept(offer);
    ends[0].accept(ends[1].describe());
    ear.open();
    closeAll(ends);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "candidate:x", "candidate:1 1 udp 1 evil.example 9 typ host",
    "candidate:1 1 udp 1 192.0.2.1 99999 typ host", "candidate:1 1 udp 99999999999 192.0.2.1 9 typ host",
    "candidate:1 1 udp 1 192.0.2.1 9 typ host\r\na=x", "candidate:1 1 udp 1 \u0000 9 typ host"})
  default void aCandidateThatIsNoneIsRefusedWithoutHarm(String garbage) {
    End[] ends = pair();
    Ear ear = ends[0].channel("data", DataChannelOptions.DEFAULTS);
    ends[1].accept(ends[0].describe());

    assertFails(Failure.BAD_REQUEST, ends[1].ask(to -> to.addIceCandidate(new IceCandidate(garbage, "0", 0, null))));

    ends[0].accept(ends[1].describe());
    ear.open();
    closeAll(ends);
  }

  @Test
  default void aCandidateWithoutItsDescriptionSectionOrGenerationIsRefused() {
    End[] ends = pair();
    ends[0].channel("data", DataChannelOptions.DEFAULTS);

    assertFails(Failure.BAD_REQUEST, ends[1].ask(to -> to.addIceCandidate(GOOD)));
    ends[1].accept(ends[0].describe());
    assertFails(Failure.BAD_REQUEST,
      ends[1].ask(to -> to.addIceCandidate(new IceCandidate(GOOD.candidate(), "7", 7, null))));
    assertFails(Failure.BAD_REQUEST,
      ends[1].ask(to -> to.addIceCandidate(new IceCandidate(GOOD.candidate(), null, null, null))));
    assertFails(Failure.BAD_REQUEST,
      ends[1].ask(to -> to.addIceCandidate(new IceCandidate(GOOD.candidate(), "0", 0, "stale"))));
    ends[1].call(to -> to.addIceCandidate(GOOD));
    closeAll(ends);
  }

  @Test
  default void operationsOutOfTurnAreRefused() {
    End[] ends = pair();

    assertFails(Failure.BAD_REQUEST, ends[0].ask(PeerConnection::setLocalDescription));
    assertFails(Failure.BAD_REQUEST, ends[0].ask(PeerConnection::rollback));
    ends[0].channel("data", DataChannelOptions.DEFAULTS);
    SessionDescription offer = ends[0].describe();
    assertFails(Failure.BAD_REQUEST,
      ends[1].ask(to -> to.setRemoteDescription(SessionDescription.answer(offer.sdp()))));
    closeAll(ends);
  }

  @Test
  default void theLongestMessageIsWhatTheOtherEndSays() {
    End[] ends = pair();
    ends[0].channel("data", DataChannelOptions.DEFAULTS);
    String offer = ends[0].describe().sdp();
    assertThat(ends[1].connection.maxMessageSize()).isZero();

    ends[1].accept(SessionDescription.offer(offer.replaceAll("a=max-message-size:\\d+\r\n", "")));
    assertThat(ends[1].connection.maxMessageSize()).isEqualTo(SdpLines.MAX_MESSAGE_WHEN_ABSENT);
    ends[1].accept(SessionDescription.offer(offer.replaceAll("max-message-size:\\d+", "max-message-size:0")));
    assertThat(ends[1].connection.maxMessageSize()).isEqualTo(SdpLines.MAX_MESSAGE);
    ends[1].accept(SessionDescription.offer(offer.replaceAll("max-message-size:\\d+", "max-message-size:100")));
    assertThat(ends[1].connection.maxMessageSize()).isEqualTo(100);
    closeAll(ends);
  }

  @Test
  default void statsTellWhatCarriesTheConnection() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    ears[0].say("hello");
    ears[1].hear();

    ConnectionStats stats = ears[1].end.call(PeerConnection::stats);

    assertThat(stats.protocol()).isEqualTo("udp");
    assertThat(stats.localCandidateType()).isIn("host", "prflx");
    assertThat(stats.dtlsState()).isEqualTo("connected");
    assertThat(stats.bytesReceived()).isGreaterThanOrEqualTo(5);
    closeAll(ears);
  }

  @Test
  default void closingIsHeardAtTheOtherEndAndEndsEverythingHere() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    End here = ears[0].end;
    here.states.clear();

    here.close();
    here.close();

    assertThat(End.next(ears[1].closed)).isNotEqualTo(Ear.ASKED);
    assertFails(Failure.CANCELLED, here.ask(PeerConnection::setLocalDescription));
    assertFails(Failure.CANCELLED, here.ask(PeerConnection::rollback));
    assertFails(Failure.CANCELLED, here.ask(to -> to.setRemoteDescription(SessionDescription.offer("v=0"))));
    assertFails(Failure.CANCELLED, here.ask(to -> to.addIceCandidate(GOOD)));
    assertFails(Failure.CANCELLED, here.ask(PeerConnection::stats));
    assertFails(Failure.CANCELLED,
      here.ask(to -> to.createDataChannel("late", DataChannelOptions.DEFAULTS, new Ear(here))));
    assertFails(Failure.NOT_CONNECTED, ears[0].send(Buffer.buffer("late"), false));
    here.connection.restartIce();
    here.connection.setIceServers(List.of());
    assertThat(ears[0].channel.state()).isEqualTo(DataChannelState.CLOSED);
    assertThat(here.states).isEmpty();
    assertThat(ears[0].closed).isEmpty();
    ears[1].end.close();
  }

  @Test
  default void whatWasAskedForBeforeClosingIsCancelled() {
    End end = End.make(vertx(), engine(), PeerConnectionOptions.DEFAULTS);
    end.channel("data", DataChannelOptions.DEFAULTS);

    var asked = end.on(() -> {
      var description = end.connection.setLocalDescription();
      end.connection.close();
      return description;
    });

    assertFails(Failure.CANCELLED, asked);
  }

  @Test
  default void aListenerThatThrowsHarmsNobodyElse() {
    Ear[] ears = openChannel(DataChannelOptions.DEFAULTS);
    ears[1].first = heard -> {
      if (heard.text().equals("bad")) {
        throw new IllegalStateException("thrown by a listener under test");
      }
    };

    ears[0].say("bad");
    ears[0].say("good");

    assertThat(ears[1].hear().text()).isEqualTo("good");
    closeAll(ears);
  }

  @Test
  default void theEngineCountsItsConnections() {
    int before = engine().status().connections();
    End[] ends = pair();
    assertThat(engine().status().connections()).isEqualTo(before + 2);
    closeAll(ends);
    assertThat(engine().status().connections()).isEqualTo(before);
    assertThat(engine().status().available()).isTrue();
  }
}
