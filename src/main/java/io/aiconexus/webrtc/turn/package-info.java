/**
 * A TURN client (RFC 8656) for UDP relays, over UDP, TCP or TLS.
 * <p>
 * Pure: bytes and time come in, bytes and events go out. {@link io.aiconexus.webrtc.turn.TurnAllocation} is the door.
 * Behind it {@code Exchanges} sends, repeats and authenticates requests, {@code Authentication} answers the server's
 * challenges, {@code Lease} keeps the relayed address, {@code Permissions} and {@code Channels} keep the way open for
 * peers, and {@code ChannelData} is the short form in which data travels.
 * {@link io.aiconexus.webrtc.turn.StreamFrames} cuts what a stream brings into packets.
 */
package io.aiconexus.webrtc.turn;
