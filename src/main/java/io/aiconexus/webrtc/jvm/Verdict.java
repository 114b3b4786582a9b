package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.dtls.DtlsCloseReason;
import io.aiconexus.webrtc.sctp.CloseReason;

/**
 * Why a connection can carry nothing any more.
 *
 * @param goodbye whether the other end ended it in an orderly way
 * @param text what happened, for the application and a log
 */
record Verdict(boolean goodbye, String text) {

  static Verdict of(DtlsCloseReason reason, String detail) {
    String text = switch (reason) {
      case CLOSED_BY_PEER -> "closed by the other end";
      case CLOSED_HERE -> "closed here";
      case FINGERPRINT_MISMATCH ->
        "fingerprint mismatch: the other end's certificate is not the one its description names";
      case HANDSHAKE_TIMEOUT -> "the DTLS handshake was not done in time: " + detail;
      case HANDSHAKE_FAILED -> "the DTLS handshake failed: " + detail;
      case CONNECTION_FAILED -> "DTLS broke: " + detail;
      case OVERLOADED -> "too many DTLS handshakes at once on this node (webrtc.jvm.handshake_threads)";
    };
    return new Verdict(reason == DtlsCloseReason.CLOSED_BY_PEER, text);
  }

  static Verdict of(CloseReason reason) {
    return switch (reason.kind()) {
      case SHUTDOWN, ABORTED_BY_PEER -> new Verdict(true, "closed by the other end");
      case ABORTED -> new Verdict(false, "closed here: " + reason.detail());
      case PROTOCOL_VIOLATION -> new Verdict(false, "the other end broke SCTP: " + reason.detail());
      case UNREACHABLE -> new Verdict(false, "the other end does not answer: " + reason.detail());
      case PEER_RESTARTED -> new Verdict(false, "the other end forgot the association");
    };
  }
}
