package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DtlsCloseTest {

  private static final Network SILENT = (datagram, delivery) -> { };

  private final Rig rig = new Rig(1, 1);

  @AfterEach
  void leaveNoThreadBehind() throws InterruptedException {
    rig.close();
  }

  @Test
  void theServerHearsThatTheClientCloses() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();

    pair.client.close();

    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
    assertThat(pair.server.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_BY_PEER);
  }

  @Test
  void theClientHearsThatTheServerCloses() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();

    pair.server.close();

    assertThat(pair.server.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_BY_PEER);
  }

  @Test
  void closingBothEndsAtOnceAndTwiceDoesNoHarm() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();

    pair.client.onLoop(() -> {
      pair.server.transport.close(System.nanoTime());
      pair.client.transport.close(System.nanoTime());
      pair.client.transport.close(System.nanoTime());
      return null;
    });

    assertThat(pair.server.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
  }

  @Test
  void closingInsideAListenerEndsTheReadingThere() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();
    pair.server.onData = () -> pair.server.transport.close(System.nanoTime());

    pair.client.say("last");
    pair.client.say("too late");

    assertThat(pair.server.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_BY_PEER);
    assertThat(pair.server.onLoop(() -> pair.server.received)).containsExactly("last");
  }

  @Test
  void nothingIsSentOrReadAfterTheEnd() throws Exception {
    Pair pair = rig.pair(Network.PERFECT).connect();
    pair.client.close();
    pair.client.awaitClosed();

    boolean sent = pair.client.onLoop(() -> pair.client.transport.send(ByteBuffer.allocate(1)));
    pair.client.onLoop(() -> {
      pair.client.deliver(ByteBuffer.allocate(20));
      return null;
    });

    assertThat(sent).isFalse();
    assertThat(pair.client.dropped()).isPositive();
  }

  @Test
  void aHandshakeUnderWayCanBeClosed() throws Exception {
    Pair pair = rig.pair(SILENT).start();
    awaitFirstDatagram(pair.client);

    pair.client.close();
    pair.server.close();

    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
    assertThat(pair.server.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
  }

  @Test
  void aTransportThatNeverStartedCanBeClosed() throws Exception {
    Pair pair = rig.pair(Network.PERFECT);

    pair.client.close();

    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
    assertThat(Rig.liveWorkers()).isZero();
  }

  @Test
  void aSilentPeerIsGivenUpAtTheDeadlineAndNotBefore() throws Exception {
    Pair pair = rig.pair(SILENT).start();
    awaitFirstDatagram(pair.client);
    long deadline = pair.client.onLoop(() -> pair.client.transport.nextDeadline());

    boolean before = pair.client.onLoop(() -> {
      pair.client.transport.onTimer(deadline - 1);
      return pair.client.closed.isDone() || pair.client.transport.nextDeadline() != deadline;
    });
    pair.client.onLoop(() -> {
      pair.client.transport.onTimer(deadline);
      return null;
    });

    assertThat(before).isFalse();
    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.HANDSHAKE_TIMEOUT);
    assertThat(pair.client.onLoop(() -> pair.client.transport.nextDeadline())).isEqualTo(DtlsTransport.NO_DEADLINE);
  }

  @Test
  void aListeningServerIsGivenUpAtTheDeadlineToo() throws Exception {
    Pair pair = rig.pair(SILENT);
    pair.server.start();
    long deadline = pair.server.onLoop(() -> pair.server.transport.nextDeadline());

    pair.server.onLoop(() -> {
      pair.server.transport.onTimer(deadline);
      return null;
    });

    assertThat(pair.server.awaitClosed()).isEqualTo(DtlsCloseReason.HANDSHAKE_TIMEOUT);
  }

  @Test
  void oneHandshakeTooManyIsRefusedAndTheOthersAreNotHurt() throws Exception {
    Pair running = rig.pair(SILENT).start();
    awaitFirstDatagram(running.client);
    Pair waiting = rig.pair(Network.PERFECT).start();
    waiting.client.onLoop(() -> null);
    Pair refused = rig.pair(Network.PERFECT).start();

    assertThat(refused.client.awaitClosed()).isEqualTo(DtlsCloseReason.OVERLOADED);
    running.client.close();
    assertThat(running.client.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
    assertThat(waiting.client.awaitConnected()).isNotNull();
    assertThat(waiting.server.awaitConnected()).isNotNull();
  }

  @Test
  void aHandshakeThatWaitsForAWorkerClosesAtOnce() throws Exception {
    Pair running = rig.pair(SILENT).start();
    awaitFirstDatagram(running.client);
    Pair waiting = rig.pair(Network.PERFECT).start();

    waiting.client.close();

    assertThat(waiting.client.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_HERE);
    assertThat(waiting.client.onLoop(() -> waiting.client.sent)).isEmpty();
  }

  @Test
  void workersThatEndTakeTheirHandshakesAlong() throws Exception {
    Pair pair = rig.pair(SILENT).start();
    awaitFirstDatagram(pair.client);

    rig.workers.close();

    assertThat(pair.client.awaitClosed()).isEqualTo(DtlsCloseReason.HANDSHAKE_FAILED);
    assertThat(rig.workers.awaitEnd(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void sendingTooEarlyOrTooMuchIsTheCallersFault() throws Exception {
    Pair pair = rig.pair(Network.PERFECT);
    assertThatThrownBy(() -> pair.client.transport.send(ByteBuffer.allocate(1)))
      .isInstanceOf(IllegalStateException.class);
    pair.connect();

    int most = pair.client.onLoop(() -> pair.client.transport.maxDataSize());
    boolean fits = pair.client.onLoop(() -> pair.client.transport.send(ByteBuffer.allocateDirect(most)));

    assertThat(fits).isTrue();
    assertThat(pair.client.onLoop(() -> pair.client.sent.get(pair.client.sent.size() - 1).remaining())).isEqualTo(1200);
    assertThatThrownBy(() -> pair.client.onLoop(() -> pair.client.transport.send(ByteBuffer.allocate(most + 1))))
      .hasRootCauseInstanceOf(IllegalArgumentException.class).hasMessageContaining("1 to 1163 bytes, not 1164");
    assertThatThrownBy(() -> pair.client.onLoop(() -> pair.client.transport.send(ByteBuffer.allocate(0))))
      .hasRootCauseInstanceOf(IllegalArgumentException.class);
  }

  private static void awaitFirstDatagram(End end) throws Exception {
    end.firstSent.get(10, TimeUnit.SECONDS);
  }
}
