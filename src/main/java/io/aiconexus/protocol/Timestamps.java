package io.aiconexus.protocol;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;

/** RFC 3339 timestamps as the wire has them, read without a formatter because every message carries one. */
final class Timestamps {

  private static final int DATE_TIME_LENGTH = 19;
  private static final long DAY_SECONDS = 86_400;

  private Timestamps() {
  }

  static String write(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).toString();
  }

  /** Milliseconds since 1970, or a ProtocolException that says what is wrong. */
  static long read(String text) {
    try {
      return readOrThrow(text);
    } catch (NumberFormatException | DateTimeException | IndexOutOfBoundsException e) {
      throw ProtocolException.malformed("timestamp must be an RFC 3339 time such as 2026-01-31T12:00:00Z");
    }
  }

  private static long readOrThrow(String text) {
    require(text.charAt(4) == '-' && text.charAt(7) == '-' && (text.charAt(10) == 'T' || text.charAt(10) == 't')
      && text.charAt(13) == ':' && text.charAt(16) == ':');
    long days = LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)).toEpochDay();
    int hour = digits(text, 11, 13);
    int minute = digits(text, 14, 16);
    int second = digits(text, 17, DATE_TIME_LENGTH);
    require(hour < 24 && minute < 60 && second <= 60);
    int zone = endOfFraction(text);
    long seconds = days * DAY_SECONDS + hour * 3600L + minute * 60L + second - offsetSeconds(text, zone);
    // A leap second, which computers count as the first second of the next day, ends a day in UTC (RFC 3339, 5.7).
    require(second < 60 || seconds % DAY_SECONDS == 0);
    return seconds * 1000 + millis(text, zone);
  }

  private static int endOfFraction(String text) {
    int at = DATE_TIME_LENGTH;
    if (text.charAt(at) == '.') {
      at++;
      while (text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        at++;
      }
      require(at > DATE_TIME_LENGTH + 1);
    }
    return at;
  }

  private static int millis(String text, int end) {
    int millis = 0;
    for (int i = DATE_TIME_LENGTH + 1; i < DATE_TIME_LENGTH + 4; i++) {
      millis = millis * 10 + (i < end ? digits(text, i, i + 1) : 0);
    }
    return millis;
  }

  private static long offsetSeconds(String text, int at) {
    char zone = text.charAt(at);
    if (zone == 'Z' || zone == 'z') {
      require(text.length() == at + 1);
      return 0;
    }
    require((zone == '+' || zone == '-') && text.length() == at + 6 && text.charAt(at + 3) == ':');
    int hours = digits(text, at + 1, at + 3);
    int minutes = digits(text, at + 4, at + 6);
    require(hours < 24 && minutes < 60);
    return (zone == '-' ? -1 : 1) * (hours * 3600L + minutes * 60L);
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      require(digit >= 0 && digit <= 9);
      value = value * 10 + digit;
    }
    return value;
  }

  private static void require(boolean rule) {
    if (!rule) {
      throw new NumberFormatException();
    }
  }
}
