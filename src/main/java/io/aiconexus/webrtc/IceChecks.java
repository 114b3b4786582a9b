package io.aiconexus.webrtc;

import io.vertx.core.json.JsonObject;

/**
 * How the search for a path went: the pairs of candidates and their checks (RFC 8445, section 7), of the latest ICE
 * generation. No address is in it.
 *
 * @param pairs pairs that were made
 * @param sent checks of this end, repetitions not counted where the engine can tell
 * @param answered those that the other end answered
 * @param received checks of the other end that came in
 * @param lastPair candidate types of the pair that was tried last, such as {@code host/srflx udp}, or null
 * @param lastState how it went (W3C RTCStatsIceCandidatePairState): {@code waiting}, {@code in-progress},
 *   {@code failed} or {@code succeeded}, or null
 */
public record IceChecks(int pairs, long sent, long answered, long received, String lastPair, String lastState) {

  /** Nothing was tried. */
  public static final IceChecks NONE = new IceChecks(0, 0, 0, 0, null, null);

  /** The same as JSON. */
  public JsonObject toJson() {
    return new JsonObject().put("pairs", pairs).put("sent", sent).put("answered", answered).put("received", received)
      .put("last_pair", lastPair).put("last_state", lastState);
  }
}
