package io.aiconexus.webrtc.sdp;

/** One {@code m=} section of a description. */
public sealed interface Section permits DataSection, OtherSection {
  /** Its {@code a=mid}, or null when it has none (RFC 5888 section 4). */
  String mid();
}
