package io.aiconexus.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkStateTest {

  @ParameterizedTest
  @CsvSource({
    "new,          connecting failed closed",
    "connecting,   connected failed closed",
    "connected,    connecting disconnected failed closed",
    "disconnected, connecting connected failed closed",
    "failed,       connecting closed",
    "closed,       ''"})
  void eachStateMayBecomeTheseAndNoOthers(String name, String successors) {
    LinkState state = LinkState.valueOf(name.toUpperCase());

    String may = Arrays.stream(LinkState.values()).filter(state::mayBecome).map(LinkState::toString)
      .collect(Collectors.joining(" "));

    assertThat(may).isEqualTo(successors);
    assertThat(state).hasToString(name);
  }
}
