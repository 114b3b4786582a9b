package io.aiconexus.webrtc.sctp;

/**
 * What an association did so far.
 *
 * @param packetsSent      packets given to the sink
 * @param bytesSent        their bytes
 * @param packetsReceived  packets that were ours and intact
 * @param packetsDiscarded packets with a wrong length, port, checksum or verification tag
 * @param losses           chunks that were found to be lost
 * @param retransmissions  chunks sent again
 * @param timeouts         times that T3-rtx fired
 * @param duplicates       chunks received again
 * @param refused          chunks dropped because the window or the list of gaps was full
 * @param abandoned        messages given up by partial reliability
 * @param congestionWindow bytes that may be in flight now
 * @param inFlight         bytes that are
 * @param roundTripNanos   the smoothed round trip, 0 before it was measured
 * @param windowHeld       bytes of incoming messages held now
 */
public record SctpStatistics(long packetsSent, long bytesSent, long packetsReceived, long packetsDiscarded, long losses,
                             long retransmissions, long timeouts, long duplicates, long refused, long abandoned,
                             int congestionWindow, int inFlight, long roundTripNanos, long windowHeld) {
}
