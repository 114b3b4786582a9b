package io.aiconexus.webrtc.dcep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StreamIdsTest {

  @Test
  void theDtlsClientGivesEvenIdsAndTheServerOddOnes() {
    StreamIds client = new StreamIds(true, 65_535, 100);
    StreamIds server = new StreamIds(false, 65_535, 100);
    assertThat(client.take()).hasValue(0);
    assertThat(client.take()).hasValue(2);
    assertThat(server.take()).hasValue(1);
    assertThat(server.take()).hasValue(3);
  }

  @Test
  void aFreedIdIsUsedAgain() {
    StreamIds ids = new StreamIds(true, 65_535, 100);
    ids.take();
    ids.take();
    ids.release(0);
    assertThat(ids.take()).hasValue(0);
    assertThat(ids.take()).hasValue(4);
  }

  @Test
  void negotiatedIdsHaveAnyParityButOneOwner() {
    StreamIds ids = new StreamIds(true, 10, 100);
    assertThat(ids.takeNegotiated(0)).isTrue();
    assertThat(ids.takeNegotiated(1)).isTrue();
    assertThat(ids.takeNegotiated(1)).isFalse();
    assertThat(ids.takeNegotiated(10)).isFalse();
    assertThat(ids.takeNegotiated(-1)).isFalse();
    assertThat(ids.take()).hasValue(2);
  }

  @Test
  void thePeerOpensOnlyItsOwnFreeIdsInRange() throws DcepException {
    StreamIds ids = new StreamIds(true, 10, 100);
    ids.takeRemote(1);
    assertThatThrownBy(() -> ids.takeRemote(1)).isInstanceOf(DcepException.class).hasMessageContaining("in use");
    assertThatThrownBy(() -> ids.takeRemote(2)).isInstanceOf(DcepException.class).hasMessageContaining("ours to give");
    assertThatThrownBy(() -> ids.takeRemote(11)).isInstanceOf(DcepException.class).hasMessageContaining("11 of 10");
  }

  @Test
  void thereIsAnEndToIdsAndToChannels() throws DcepException {
    StreamIds few = new StreamIds(false, 4, 100);
    assertThat(few.take()).hasValue(1);
    assertThat(few.take()).hasValue(3);
    assertThat(few.take()).isEmpty();
    StreamIds two = new StreamIds(true, 65_535, 2);
    two.take();
    two.takeRemote(1);
    assertThat(two.take()).isEmpty();
    assertThat(two.takeNegotiated(7)).isFalse();
    assertThatThrownBy(() -> two.takeRemote(3)).hasMessage("the peer opened more than 2 channels");
  }

  @Test
  void theReservedIdIsNobodys() {
    StreamIds ids = new StreamIds(true, 65_536, 100);
    assertThat(ids.takeNegotiated(65_535)).isFalse();
    assertThat(ids.takeNegotiated(65_534)).isTrue();
  }
}
