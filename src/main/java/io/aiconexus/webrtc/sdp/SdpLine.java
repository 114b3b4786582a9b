package io.aiconexus.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;

/** One line {@code x=...}: where it stands, its letter, and what follows (RFC 8866 section 5). */
record SdpLine(int number, char type, String value) {
  private static final String LETTERS = "vosiuepcbtrzkam";

  /** Cuts a text into lines; they may end in CRLF or LF, the last one in nothing. */
  static List<SdpLine> of(String text) {
    if (text.length() > SessionDescription.MAX_LENGTH) {
      throw new SdpException(0, "a description has at most 65536 characters, was " + text.length());
    }
    List<SdpLine> lines = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int feed = text.indexOf('\n', at);
      int end = feed < 0 ? text.length() : feed;
      int next = feed < 0 ? end : feed + 1;
      if (end > at && text.charAt(end - 1) == '\r') {
        end--;
      }
      lines.add(of(lines.size() + 1, text.substring(at, end)));
      at = next;
    }
    return lines;
  }

  private static SdpLine of(int number, String line) {
    if (line.length() < 2 || line.charAt(1) != '=' || LETTERS.indexOf(line.charAt(0)) < 0) {
      throw new SdpException(number, "a line is one of the letters " + LETTERS + ", \"=\", and a value");
    }
    if (line.chars().anyMatch(c -> c < ' ' && c != '\t')) {
      throw new SdpException(number, "a line has no control characters");
    }
    return new SdpLine(number, line.charAt(0), line.substring(2));
  }

  /** Tells whether it is {@code a=name} or {@code a=name:...}. */
  boolean isAttribute(String name) {
    return type == 'a' && value.startsWith(name)
      && (value.length() == name.length() || value.charAt(name.length()) == ':');
  }

  /** What follows the name and the colon of an attribute. */
  String after(String name) {
    return value.substring(Math.min(value.length(), name.length() + 1));
  }

  /** The number that follows the name and the colon. */
  long number(String name, long min, long max) {
    String digits = after(name);
    boolean isNumber = !digits.isEmpty() && digits.length() < 19 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber || Long.parseLong(digits) < min || Long.parseLong(digits) > max) {
      throw new SdpException(number, name + " must be a number from " + min + " to " + max);
    }
    return Long.parseLong(digits);
  }
}
