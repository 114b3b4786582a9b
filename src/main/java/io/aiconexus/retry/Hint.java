package io.aiconexus.retry;

import io.aiconexus.bus.Failure;

/** Why a retry may succeed now, so that it need not wait. */
public enum Hint {

  /** An agent came back, or the gateway did. */
  PRESENCE("presence"),
  /** This machine has another address, or a network again. */
  NETWORK_CHANGED("networkChanged");

  private final String text;

  Hint(String text) {
    this.text = text;
  }

  /** The hint of that name; fails with {@link Failure#BAD_REQUEST} when there is none. */
  public static Hint named(String name) {
    for (Hint hint : values()) {
      if (hint.text.equals(name)) {
        return hint;
      }
    }
    throw Failure.BAD_REQUEST.because("hint must be presence or networkChanged, was " + name);
  }

  /** The name on the event bus. */
  @Override
  public String toString() {
    return text;
  }
}
