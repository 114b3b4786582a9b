/**
 * STUN messages (RFC 8489): bytes to messages and back, and nothing else.
 * <p>
 * No socket, no clock, no thread: who sends a message, when, and how often is the business of the packages above.
 */
package io.aiconexus.webrtc.stun;
