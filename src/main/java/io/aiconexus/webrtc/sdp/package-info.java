/**
 * Session descriptions, as much of them as an offer and answer about data channels need (RFC 8829, 8839, 8841, 8842).
 * <p>
 * Text becomes a {@link io.aiconexus.webrtc.sdp.SessionDescription} at the door, checked in full, and text again on
 * the way out. Audio and video are kept only as far as an answer has to reject them.
 */
package io.aiconexus.webrtc.sdp;
