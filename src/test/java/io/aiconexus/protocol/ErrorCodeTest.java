package io.aiconexus.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

  @Test
  void exactlyTheseCanBeTriedAgain() {
    assertThat(Stream.of(ErrorCode.values()).filter(ErrorCode::retryable)).containsExactly(ErrorCode.UNKNOWN_AGENT,
      ErrorCode.RECIPIENT_OVERLOADED, ErrorCode.RATE_LIMITED, ErrorCode.TIMEOUT, ErrorCode.INTERNAL_ERROR);
  }

  @Test
  void theWireHasTheseTwelve() {
    assertThat(Stream.of(ErrorCode.values()).map(Enum::name))
      .containsExactly("MALFORMED_MESSAGE", "UNSUPPORTED_VERSION",
      "INVALID_SIGNATURE", "NOT_REGISTERED", "FORBIDDEN", "UNKNOWN_AGENT", "CONNECTION_REFUSED",
      "RECIPIENT_OVERLOADED", "RATE_LIMITED",
      "MESSAGE_TOO_LARGE", "TIMEOUT", "INTERNAL_ERROR");
  }
}
