package io.aiconexus.webrtc;

/** What one end tells the other to be let in: who it is, to whom it speaks, and the fingerprint of its certificate. */
record LoopbackKnock(LoopbackConnection from, String fromUfrag, String toUfrag, String fingerprint) {
}
