package io.aiconexus.protocol;

/**
 * Every bound that the wire itself sets; what an operator may choose is in the configuration, with these as defaults.
 */
public final class Limits {

  /** Longest message in bytes of UTF-8, unless the gateway says otherwise in REGISTERED: 256 KiB. */
  public static final int MESSAGE_BYTES = 256 * 1024;
  /** Longest {@code id}, {@code correlation_id} and {@code connection_id}, in characters. */
  public static final int ID_LENGTH = 64;
  /** Deepest nesting of objects and arrays in a message. */
  public static final int DEPTH = 32;
  /** Shortest nonce in URL-safe characters: 22 carry 132 bits. */
  public static final int NONCE_LENGTH_MIN = 22;
  /** Longest nonce, resume token, audience and reason, in characters. */
  public static final int TOKEN_LENGTH = 256;
  /** Most capabilities one agent registers. */
  public static final int CAPABILITIES = 64;
  /** Longest name of a capability and of a channel, in characters. */
  public static final int NAME_LENGTH = 128;
  /** Longest SDP, in characters. */
  public static final int SDP_LENGTH = 64 * 1024;
  /** Longest candidate line, in characters. */
  public static final int CANDIDATE_LENGTH = 1024;
  /** Longest {@code message} of an ERROR that is shown, in characters. */
  public static final int ERROR_TEXT_LENGTH = 1024;
  /** Messages kept for a session whose socket is gone. */
  public static final int RESUME_MESSAGES = 256;
  /** Bytes kept for a session whose socket is gone: 1 MiB. */
  public static final int RESUME_BYTES = 1024 * 1024;
  /** Largest magnitude of a number outside {@code args}, {@code params} and {@code result}: 2^53-1 (RFC 7493, 2.2). */
  public static final long INTEGER_MAX = (1L << 53) - 1;
  /** Malformed messages inside {@link #MALFORMED_WINDOW_MS} that end a session. */
  public static final int MALFORMED_MESSAGES = 10;
  /** The window in which malformed messages are counted, in milliseconds. */
  public static final long MALFORMED_WINDOW_MS = 10_000;

  private Limits() {
  }
}
