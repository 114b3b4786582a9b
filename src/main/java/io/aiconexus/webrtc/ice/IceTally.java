package io.aiconexus.webrtc.ice;

/**
 * How the connectivity checks of one generation went.
 *
 * @param pairs pairs that were made
 * @param sent checks sent, repetitions not counted
 * @param answered those that were answered by who knows the password
 * @param received checks of the peer that proved to know ours
 * @param lastLocal type of our candidate of the pair checked last, or null
 * @param lastRemote type of the peer's, or null
 * @param lastTransport {@code udp} or {@code tcp}, or null
 * @param lastState {@code waiting}, {@code in-progress}, {@code failed} or {@code succeeded}, or null
 */
public record IceTally(int pairs, long sent, long answered, long received, CandidateType lastLocal,
    CandidateType lastRemote, String lastTransport, String lastState) {
}
