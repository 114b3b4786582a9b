package io.aiconexus.webrtc.dcep;

import java.util.Optional;

/** The payload protocol identifiers of data channels (RFC 8831 section 8). */
public enum Ppid {
  /** A DCEP message. */
  CONTROL(50, false, false, false),
  /** Text in UTF-8. */
  STRING(51, true, false, false),
  /** Part of a binary message; deprecated, only received. */
  BINARY_PARTIAL(52, false, true, false),
  /** Bytes. */
  BINARY(53, false, false, false),
  /** Part of a text; deprecated, only received. */
  STRING_PARTIAL(54, true, true, false),
  /** The empty text, sent as one zero byte. */
  STRING_EMPTY(56, true, false, true),
  /** No bytes, sent as one zero byte. */
  BINARY_EMPTY(57, false, false, true);

  private final int value;
  private final boolean text;
  private final boolean partial;
  private final boolean empty;

  Ppid(int value, boolean text, boolean partial, boolean empty) {
    this.value = value;
    this.text = text;
    this.partial = partial;
    this.empty = empty;
  }

  /** The identifier with this number, or nothing when data channels do not use it. */
  public static Optional<Ppid> of(int value) {
    for (Ppid ppid : values()) {
      if (ppid.value == value) {
        return Optional.of(ppid);
      }
    }
    return Optional.empty();
  }

  /** The identifier for a message to be sent. */
  public static Ppid forMessage(boolean text, int length) {
    if (length == 0) {
      return text ? STRING_EMPTY : BINARY_EMPTY;
    }
    return text ? STRING : BINARY;
  }

  /** The number on the wire. */
  public int value() {
    return value;
  }

  /** Whether the message is text. */
  public boolean isText() {
    return text;
  }

  /** Whether more parts of the message follow. */
  public boolean isPartial() {
    return partial;
  }

  /** Whether the one byte that was sent stands for none. */
  public boolean isEmpty() {
    return empty;
  }
}
