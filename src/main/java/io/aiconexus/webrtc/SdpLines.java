package io.aiconexus.webrtc;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.Limits;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a description that a data-channel connection cannot do without, checked before libwebrtc sees them.
 * <p>
 * Not a parser: libwebrtc is one. This keeps text out of native code that could not be a description at all, and reads
 * the two facts that the engines need.
 */
final class SdpLines {

  /** What a description without {@code a=max-message-size} means (RFC 8841, section 6.1). */
  static final int MAX_MESSAGE_WHEN_ABSENT = 65_536;
  /** The longest message of this project's own engines, and what "no limit" (0) is taken for. */
  static final int MAX_MESSAGE = 262_144;

  private static final Pattern LINE = Pattern.compile("[a-z]=[^\\p{Cntrl}]*");
  private static final Pattern APPLICATION =
    Pattern.compile("(?m)^m=application \\d{1,5} (?:UDP|TCP)/DTLS/SCTP webrtc-datachannel\\r?$");
  private static final Pattern UFRAG = Pattern.compile("(?m)^a=ice-ufrag:([A-Za-z0-9+/]{4,256})\\r?$");
  private static final Pattern PASSWORD = Pattern.compile("(?m)^a=ice-pwd:[A-Za-z0-9+/]{22,256}\\r?$");
  private static final Pattern FINGERPRINT =
    Pattern.compile("(?mi)^a=fingerprint:sha-(?:256|384|512) [0-9a-f]{2}(?::[0-9a-f]{2}){31,63}\\r?$");
  private static final Pattern SETUP = Pattern.compile("(?m)^a=setup:(?:actpass|active|passive)\\r?$");
  private static final Pattern MAX_SIZE = Pattern.compile("(?m)^a=max-message-size:(\\d{1,19})\\r?$");

  private SdpLines() {
  }

  /** Throws {@code BAD_REQUEST} that names the first rule broken. */
  static void check(String sdp) {
    require(sdp.length() <= Limits.SDP_LENGTH, "is longer than " + Limits.SDP_LENGTH + " characters");
    require(sdp.startsWith("v=0\r\n") || sdp.startsWith("v=0\n"), "does not begin with v=0");
    require(sdp.lines().allMatch(line -> LINE.matcher(line).matches()), "has a line that is not <type>=<value>");
    require(APPLICATION.matcher(sdp).find(), "has no m=application section for data channels");
    require(UFRAG.matcher(sdp).find(), "has no usable a=ice-ufrag");
    require(PASSWORD.matcher(sdp).find(), "has no usable a=ice-pwd");
    require(FINGERPRINT.matcher(sdp).find(), "has no usable a=fingerprint");
    require(SETUP.matcher(sdp).find(), "has no usable a=setup");
  }

  /** The ICE user name fragment, or null. */
  static String ufrag(String sdp) {
    Matcher matcher = UFRAG.matcher(sdp);
    return matcher.find() ? matcher.group(1) : null;
  }

  /** Longest message that who wrote this takes, as far as this project sends: 1 to {@link #MAX_MESSAGE}. */
  static int maxMessageSize(String sdp) {
    Matcher matcher = MAX_SIZE.matcher(sdp);
    if (!matcher.find()) {
      return MAX_MESSAGE_WHEN_ABSENT;
    }
    String digits = matcher.group(1);
    long size = digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    return size == 0 ? MAX_MESSAGE : (int) Math.min(size, MAX_MESSAGE);
  }

  /** Throws {@code BAD_REQUEST} unless the candidate belongs to that remote description, which may be null. */
  static void checkCandidate(String remoteSdp, IceCandidate candidate) {
    if (remoteSdp == null) {
      throw Failure.BAD_REQUEST.because("a candidate came before any description of the other end");
    }
    if (!candidate.isEnd()) {
      CandidateLine.check(candidate.candidate());
      checkSection(remoteSdp, candidate);
    }
    String named = candidate.usernameFragment();
    String generation = named == null ? CandidateLine.ufrag(candidate.candidate()) : named;
    if (generation != null && !generation.equals(ufrag(remoteSdp))) {
      throw Failure.BAD_REQUEST.because("the candidate belongs to another ICE generation");
    }
  }

  private static void checkSection(String remoteSdp, IceCandidate candidate) {
    String mid = candidate.sdpMid();
    Integer index = candidate.sdpMLineIndex();
    boolean known = mid != null ? remoteSdp.lines().anyMatch(("a=mid:" + mid)::equals)
      : index != null && index >= 0 && index < remoteSdp.lines().filter(line -> line.startsWith("m=")).count();
    if (!known) {
      throw Failure.BAD_REQUEST.because("the candidate names no section of the description (sdpMid or sdpMLineIndex)");
    }
  }

  private static void require(boolean holds, String broken) {
    if (!holds) {
      throw Failure.BAD_REQUEST.because("the description " + broken);
    }
  }
}
