package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunError;
import java.net.InetSocketAddress;

/**
 * Why there is no relayed address, or none any more.
 *
 * @param reason what to make of it
 * @param code what the server said (RFC 8489 section 14.8, RFC 8656 section 19), or 0 when it said nothing
 * @param detail for people; the server's own words are part of it
 * @param alternate the server to ask instead when the reason is {@link Reason#TURN_REDIRECT}, else null
 */
public record TurnFailure(Reason reason, int code, String detail, InetSocketAddress alternate) {
  private static final int TRY_ALTERNATE = 300;
  private static final int ALLOCATION_MISMATCH = 437;
  private static final int WRONG_CREDENTIALS = 441;
  private static final int ALLOCATION_QUOTA_REACHED = 486;
  private static final int INSUFFICIENT_CAPACITY = 508;
  /** Longest text of a server that is repeated, in characters. */
  private static final int MAX_REASON = 120;

  /** The kinds of failure, each with something else to do about it. */
  public enum Reason {
    /** The server does not take user name and password, or wants some and there are none (401, 438, 441). */
    TURN_AUTH,
    /** The server does not answer, or its answers do not prove that it knows the password. */
    TURN_UNREACHABLE,
    /** The user has too many allocations, or the server has no room (486, 508): later, or another server. */
    TURN_QUOTA,
    /** Another server should be asked, with the same credentials and transport (300). */
    TURN_REDIRECT,
    /** The server has another allocation for our address and port (437): again, from another port. */
    TURN_MISMATCH,
    /** The allocation was there and is gone (437): again. */
    TURN_LOST,
    /** The server does not do what was asked for, or speaks nonsense: another server. */
    TURN_REFUSED
  }

  static TurnFailure of(Reason reason, String detail) {
    return new TurnFailure(reason, 0, detail, null);
  }

  /** What an error to an Allocate request means; {@code alternate} may be null. */
  static TurnFailure ofAllocate(StunError error, InetSocketAddress alternate) {
    Reason reason = error.code() == ALLOCATION_MISMATCH ? Reason.TURN_MISMATCH : reason(error.code(), alternate);
    return new TurnFailure(reason, error.code(), said(error), reason == Reason.TURN_REDIRECT ? alternate : null);
  }

  /** What an error to a later request means. */
  static TurnFailure ofAllocated(StunError error) {
    Reason reason = error.code() == ALLOCATION_MISMATCH ? Reason.TURN_LOST : reason(error.code(), null);
    return new TurnFailure(reason, error.code(), said(error), null);
  }

  /** Tells whether an error to a request about one peer says that the allocation as a whole is of no use any more. */
  static boolean endsAllocation(int code) {
    return code == ALLOCATION_MISMATCH || reason(code, null) == Reason.TURN_AUTH;
  }

  private static Reason reason(int code, InetSocketAddress alternate) {
    return switch (code) {
      case StunError.UNAUTHENTICATED, StunError.STALE_NONCE, WRONG_CREDENTIALS -> Reason.TURN_AUTH;
      case ALLOCATION_QUOTA_REACHED, INSUFFICIENT_CAPACITY -> Reason.TURN_QUOTA;
      case TRY_ALTERNATE -> alternate == null ? Reason.TURN_REFUSED : Reason.TURN_REDIRECT;
      default -> Reason.TURN_REFUSED;
    };
  }

  private static String said(StunError error) {
    String words = error.reason().replaceAll("\\p{C}", "?");
    return "the TURN server said " + error.code() + " " + words.substring(0, Math.min(words.length(), MAX_REASON));
  }
}
