package io.aiconexus.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * A gateway's welcome.
 *
 * @param sessionId names this session
 * @param nodeId the node that holds it
 * @param resumeToken takes the session over after a lost socket, once
 * @param resumeWindowMs how long the session waits for that, in milliseconds
 * @param resumed whether an earlier session was taken over, its queue included
 * @param iceServers STUN and TURN servers to use
 * @param heartbeatMs interval of the gateway's WebSocket pings, in milliseconds
 * @param maxMessageBytes longest message that the gateway takes
 * @param messagesPerSecond sustained rate that the gateway takes
 * @param iceServersTtlMs how long the servers may be used, in milliseconds, or null: as long as the session lasts
 * @param received messages that the gateway took from the agent since the REGISTERED of the session that was resumed;
 *     null when none was, or the agent does not count
 */
public record Registered(String sessionId, String nodeId, String resumeToken, long resumeWindowMs, boolean resumed,
                         List<IceServer> iceServers, long heartbeatMs, int maxMessageBytes, int messagesPerSecond,
                         Long iceServersTtlMs, Long received)
  implements Payload {

  /** A welcome to a new session, with servers whose credentials do not end. */
  public Registered(String sessionId, String nodeId, String resumeToken, long resumeWindowMs, boolean resumed,
                    List<IceServer> iceServers, long heartbeatMs, int maxMessageBytes, int messagesPerSecond) {
    this(sessionId, nodeId, resumeToken, resumeWindowMs, resumed, iceServers, heartbeatMs, maxMessageBytes,
      messagesPerSecond, null, null);
  }

  static Registered read(Fields fields) {
    Fields limits = new Fields("payload.limits.", fields.object("limits"));
    return new Registered(fields.string("session_id", 1, Limits.TOKEN_LENGTH),
      fields.string("node_id", 1, Limits.TOKEN_LENGTH), fields.string("resume_token", 1, Limits.TOKEN_LENGTH),
      fields.integer("resume_window_ms", 0, Limits.INTEGER_MAX), fields.flag("resumed"),
      IceServer.list(fields.array("ice_servers")), fields.integer("heartbeat_ms", 1, Limits.INTEGER_MAX),
      (int) limits.integer("max_message_bytes", 1, Integer.MAX_VALUE),
      (int) limits.integer("messages_per_second", 1, Integer.MAX_VALUE),
      fields.integerOrNull("ice_servers_ttl_ms", 1, Limits.INTEGER_MAX),
      fields.integerOrNull("received", 0, Limits.INTEGER_MAX));
  }

  @Override
  public MessageType type() {
    return MessageType.REGISTERED;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("session_id", sessionId).put("node_id", nodeId)
      .put("resume_token", resumeToken).put("resume_window_ms", resumeWindowMs).put("resumed", resumed)
      .put("ice_servers", new JsonArray(iceServers.stream().map(IceServer::toJson).toList()))
      .put("heartbeat_ms", heartbeatMs)
      .put("limits", new JsonObject().put("max_message_bytes", maxMessageBytes)
        .put("messages_per_second", messagesPerSecond));
    if (iceServersTtlMs != null) {
      json.put("ice_servers_ttl_ms", iceServersTtlMs);
    }
    return received == null ? json : json.put("received", received);
  }
}
