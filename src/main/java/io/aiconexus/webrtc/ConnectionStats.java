package io.aiconexus.webrtc;

import io.vertx.core.json.JsonObject;

/**
 * What carries a connection, or why nothing does.
 *
 * @param localCandidateType {@code host}, {@code srflx}, {@code prflx} or {@code relay}, or null before a pair is
 *   selected
 * @param remoteCandidateType the same of the other end
 * @param protocol {@code udp} or {@code tcp}, or null
 * @param roundTripMillis the last measured round trip of the pair in milliseconds, or null
 * @param dtlsState W3C RTCDtlsTransportState in lower case, or null
 * @param dtlsCipher the cipher suite, or null
 * @param bytesSent bytes sent on the transport
 * @param bytesReceived bytes received on the transport
 * @param checks how the search for a path went
 * @param error what ended DTLS, or null while nothing has
 */
public record ConnectionStats(String localCandidateType, String remoteCandidateType, String protocol,
                              Double roundTripMillis, String dtlsState, String dtlsCipher, long bytesSent,
                              long bytesReceived, IceChecks checks, ErrorDetail error) {

  /** Of a connection that has not begun. */
  public static final ConnectionStats NONE =
    new ConnectionStats(null, null, null, null, "new", null, 0, 0, IceChecks.NONE, null);

  /** The pair in short, such as {@code host/host udp}, or null before one is selected. */
  public String candidatePair() {
    return localCandidateType == null ? null : localCandidateType + "/" + remoteCandidateType + " " + protocol;
  }

  /** The same as JSON. */
  public JsonObject toJson() {
    return new JsonObject().put("candidate_pair", candidatePair()).put("round_trip_ms", roundTripMillis)
      .put("dtls", dtlsState).put("cipher", dtlsCipher).put("bytes_sent", bytesSent)
      .put("bytes_received", bytesReceived);
  }
}
