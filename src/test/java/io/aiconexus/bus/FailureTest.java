package io.aiconexus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailureTest {

  @Test
  void noTwoFailuresShareANumber() {
    assertThat(Stream.of(Failure.values()).map(Failure::number)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void aFailureSurvivesItsTripAsAnException(Failure failure) {
    ReplyException exception = failure.because("why");

    assertThat(exception).hasMessage("why");
    assertThat(exception.failureCode()).isEqualTo(failure.number());
    assertThat(Failure.of(exception)).isEqualTo(failure);
  }

  @Test
  void whatTheBusSaysBecomesAFailure() {
    assertThat(Failure.of(new ReplyException(ReplyFailure.NO_HANDLERS))).isEqualTo(Failure.UNAVAILABLE);
    assertThat(Failure.of(new ReplyException(ReplyFailure.TIMEOUT))).isEqualTo(Failure.TIMEOUT);
    assertThat(Failure.of(new ReplyException(ReplyFailure.ERROR))).isEqualTo(Failure.INTERNAL);
    assertThat(Failure.of(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 12345, "x"))).isEqualTo(Failure.INTERNAL);
  }

  @Test
  void aWrongArgumentIsTheCallersAndABugIsOurs() {
    assertThat(Failure.of(new IllegalArgumentException("x"))).isEqualTo(Failure.BAD_REQUEST);
    assertThat(Failure.of(new NullPointerException())).isEqualTo(Failure.INTERNAL);
    assertThat(Failure.of(new StackOverflowError())).isEqualTo(Failure.INTERNAL);
  }

  @Test
  void aMessageThatBreaksTheProtocolIsNoBugOfOurs() {
    try {
      Envelope.read("{");
    } catch (RuntimeException refusal) {
      assertThat(Failure.of(refusal)).isEqualTo(Failure.BAD_REQUEST);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorOfTheProtocolIsAsRetryableForTheCaller(ErrorCode code) {
    // Registering again is what a caller can wait for; the message itself would be refused again.
    boolean expected = code == ErrorCode.NOT_REGISTERED || code.retryable();

    assertThat(Failure.of(code).retryable()).isEqualTo(expected);
  }
}
