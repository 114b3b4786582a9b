package io.aiconexus.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-31T12:00:00Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999Z",
    "2024-02-29T23:59:59Z",
    "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-31T12:00:00+01:00", "2026-01-31T12:00:00-05:30",
    "2026-01-31T12:00:00-00:00",
    "2026-01-31T00:00:00+17:59", "2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.123Z", "2026-01-31T12:00:00.123456Z",
    "2026-01-31T12:00:00.123456789+02:00"})
  void whatJavaReadsIsReadAlike(String text) {
    assertThat(Timestamps.read(text)).isEqualTo(OffsetDateTime.parse(text).toInstant().toEpochMilli());
  }

  @ParameterizedTest
  @CsvSource({"2026-01-31t12:00:00z, 2026-01-31T12:00:00Z",
    "2026-01-31T12:00:00.1234567890123Z, 2026-01-31T12:00:00.123Z",
    "2026-01-31T12:00:00+23:59, 2026-01-30T12:01:00Z", "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    "2016-12-31T15:59:60-08:00, 2017-01-01T00:00:00Z", "2017-01-01T05:29:60.25+05:30, 2017-01-01T00:00:00.250Z"})
  void whatTheRfcAllowsBeyondThatIsReadToo(String text, String same) {
    assertThat(Timestamps.read(text)).isEqualTo(Instant.parse(same).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "2026-01-31", "2026-01-31T12:00Z", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z",
    "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z", "2026-00-01T12:00:00Z", "2026-01-32T12:00:00Z",
    "2026-01-00T12:00:00Z",
    "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:61Z", "2026-01-31T12:00:60Z",
    "2016-12-31T23:59:60+01:00",
    "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00,5Z", "2026-01-31T12:00:00.5", "2026-01-31T12:00:00.-5Z",
    "2026-01-31T12:00:00+1:00", "2026-01-31T12:00:00+0100", "2026-01-31T12:00:00+24:00", "2026-01-31T12:00:00+01:60",
    "2026-01-31T12:00:00UTC", "2026-01-31T12:00:00ZZ", "2026-01-31T12:00:00Z ", " 2026-01-31T12:00:00Z",
    "26-01-31T12:00:00Z",
    "+2026-01-31T12:00:00Z", "-026-01-31T12:00:00Z", "2026-1-31T12:00:00Z", "2026/01/31T12:00:00Z", "20260131T120000Z",
    "1769860800",
    "\u0662026-01-31T12:00:00Z", "2026-01-31T12:00:00+01-00", "2026-01-31T12:00:00*01:00"})
  void otherTimestampsAreRefusedWithAnExample(String text) {
    assertThatThrownBy(() -> Timestamps.read(text)).isInstanceOf(ProtocolException.class)
      .hasMessage("timestamp must be an RFC 3339 time such as 2026-01-31T12:00:00Z");
  }

  @Test
  void whatIsWrittenIsReadBack() {
    for (long millis : new long[] {0, 1, 999, 1_769_860_800_000L, 1_769_860_800_120L, 253_402_300_799_999L}) {
      assertThat(Timestamps.read(Timestamps.write(millis))).isEqualTo(millis);
    }
  }
}
