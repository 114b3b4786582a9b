package io.aiconexus.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A STUN or TURN server as a gateway hands it out (W3C WebRTC, RTCIceServer).
 *
 * @param urls {@code stun:}, {@code turn:} or {@code turns:} URLs, at least one
 * @param username for TURN, else null
 * @param credential for TURN, else null
 */
public record IceServer(List<String> urls, String username, String credential) {

  private static final int URLS = 16;

  /** Reads one server; {@code urls} may be a string or an array of strings, as in W3C. */
  public static IceServer from(JsonObject json) {
    Object urls = json.getValue("urls");
    JsonObject normal = urls instanceof String one ? json.copy().put("urls", new JsonArray().add(one)) : json;
    Fields fields = new Fields("", normal);
    List<String> list = fields.strings("urls", URLS, Limits.TOKEN_LENGTH);
    if (list.isEmpty() || !list.stream().allMatch(url -> url.matches("(stun|stuns|turn|turns):.+"))) {
      throw ProtocolException.malformed("urls of an ICE server must begin with stun:, stuns:, turn: or turns:");
    }
    return new IceServer(list, fields.stringOrNull("username", Limits.SDP_LENGTH),
      fields.stringOrNull("credential", Limits.SDP_LENGTH));
  }

  static List<IceServer> list(JsonArray array) {
    List<IceServer> servers = new ArrayList<>(array.size());
    for (Object entry : array) {
      if (!(entry instanceof JsonObject server)) {
        throw ProtocolException.malformed("payload.ice_servers must hold objects");
      }
      servers.add(from(server));
    }
    return List.copyOf(servers);
  }

  /** The server as JSON, without fields that are absent. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("urls", new JsonArray(urls));
    if (username != null) {
      json.put("username", username);
    }
    return credential == null ? json : json.put("credential", credential);
  }

  /** Never shows the credential. */
  @Override
  public String toString() {
    return String.join(",", urls);
  }
}
