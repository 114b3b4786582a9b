/**
 * SCTP over DTLS for WebRTC data channels (RFC 9260 as RFC 8831 needs it, RFC 3758, RFC 6525, RFC 7053), without I/O.
 * <p>
 * {@link io.aiconexus.webrtc.sctp.SctpAssociation} takes packets and the time in, and gives packets and events out. It
 * has no thread and no clock; one association belongs to one event loop.
 */
package io.aiconexus.webrtc.sctp;
