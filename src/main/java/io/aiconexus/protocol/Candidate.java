package io.aiconexus.protocol;

import io.vertx.core.json.JsonObject;

/**
 * One trickled ICE candidate (RFC 8838), the payload of ICE_CANDIDATE.
 *
 * @param connectionId the connection it is for
 * @param candidate the candidate line (RFC 8839, section 5.1); empty = end of candidates
 * @param sdpMid the media section, or null
 * @param sdpMLineIndex index of the media section, or null
 * @param usernameFragment the ICE generation it belongs to, or null
 */
public record Candidate(String connectionId, String candidate, String sdpMid, Integer sdpMLineIndex,
                        String usernameFragment) implements Payload {

  private static final int MID_LENGTH = 64;
  private static final int USERNAME_FRAGMENT_LENGTH = 256;

  static Candidate read(Fields fields) {
    Long index = fields.integerOrNull("sdp_mline_index", 0, 1023);
    return new Candidate(fields.id("connection_id"), fields.string("candidate", 0, Limits.CANDIDATE_LENGTH),
      fields.stringOrNull("sdp_mid", MID_LENGTH), index == null ? null : index.intValue(),
      fields.stringOrNull("username_fragment", USERNAME_FRAGMENT_LENGTH));
  }

  /** Whether it says that no more candidates come. */
  public boolean isEnd() {
    return candidate.isEmpty();
  }

  @Override
  public MessageType type() {
    return MessageType.ICE_CANDIDATE;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("connection_id", connectionId).put("candidate", candidate);
    if (sdpMid != null) {
      json.put("sdp_mid", sdpMid);
    }
    if (sdpMLineIndex != null) {
      json.put("sdp_mline_index", sdpMLineIndex);
    }
    return usernameFragment == null ? json : json.put("username_fragment", usernameFragment);
  }
}
