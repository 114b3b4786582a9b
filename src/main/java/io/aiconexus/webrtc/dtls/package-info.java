/**
 * DTLS 1.2 (RFC 6347) for data channels, as WebRTC uses it (RFC 8827): self-signed certificates on both sides, trusted
 * through the fingerprint in the session description and through nothing else.
 * <p>
 * The protocol is BouncyCastle's. This package gives it what an event loop needs: the handshake, which waits and
 * computes, runs on {@link io.aiconexus.webrtc.dtls.DtlsWorkers}; the records after it are read and written on the loop
 * without ever waiting.
 */
package io.aiconexus.webrtc.dtls;
