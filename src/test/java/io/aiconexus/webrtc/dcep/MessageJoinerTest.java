package io.aiconexus.webrtc.dcep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MessageJoinerTest {

  private final MessageJoiner joiner = new MessageJoiner(10);

  @Test
  void aWholeMessageIsItself() throws DcepException {
    byte[] data = {1, 2, 3};
    assertThat(joiner.add(Ppid.BINARY, data)).containsSame(data);
  }

  @Test
  void theByteOfAnEmptyMessageIsNotThere() throws DcepException {
    assertThat(joiner.add(Ppid.STRING_EMPTY, new byte[1]).orElseThrow()).isEmpty();
    assertThat(joiner.add(Ppid.BINARY_EMPTY, new byte[1]).orElseThrow()).isEmpty();
  }

  @Test
  void partsOfOldPeersBecomeOneMessage() throws DcepException {
    assertThat(joiner.add(Ppid.STRING_PARTIAL, "he".getBytes(UTF_8))).isEmpty();
    assertThat(joiner.add(Ppid.STRING_PARTIAL, "ll".getBytes(UTF_8))).isEmpty();
    assertThat(joiner.add(Ppid.STRING, "o".getBytes(UTF_8))).hasValue("hello".getBytes(UTF_8));
    assertThat(joiner.add(Ppid.BINARY, new byte[2]).orElseThrow()).hasSize(2);
  }

  @Test
  void partsThatNeverEndAreRefused() throws DcepException {
    joiner.add(Ppid.BINARY_PARTIAL, new byte[10]);
    assertThatThrownBy(() -> joiner.add(Ppid.BINARY_PARTIAL, new byte[1]))
      .hasMessage("a message is longer than 10 bytes");
  }

  @Test
  void partsOfDifferentKindsAreRefused() throws DcepException {
    joiner.add(Ppid.BINARY_PARTIAL, new byte[1]);
    assertThatThrownBy(() -> joiner.add(Ppid.STRING, new byte[1])).isInstanceOf(DcepException.class);
  }

  @Test
  void everyPpidIsFoundByItsNumber() {
    for (Ppid ppid : Ppid.values()) {
      assertThat(Ppid.of(ppid.value())).hasValue(ppid);
    }
    assertThat(Ppid.of(55)).isEmpty();
    assertThat(Ppid.forMessage(true, 0)).isEqualTo(Ppid.STRING_EMPTY);
    assertThat(Ppid.forMessage(false, 0)).isEqualTo(Ppid.BINARY_EMPTY);
    assertThat(Ppid.forMessage(true, 1)).isEqualTo(Ppid.STRING);
    assertThat(Ppid.forMessage(false, 1)).isEqualTo(Ppid.BINARY);
  }
}
