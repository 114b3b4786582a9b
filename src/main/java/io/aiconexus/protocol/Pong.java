package io.aiconexus.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Answers a PING and echoes its number.
 *
 * @param sequence any integer of the pinging side, or null
 * @param iceServers STUN and TURN servers to use from now on, or null when they were not asked for
 * @param iceServersTtlMs how long they may be used, in milliseconds, or null: as long as the session lasts
 */
public record Pong(Long sequence, List<IceServer> iceServers, Long iceServersTtlMs) implements Payload {

  /** Copies the list. */
  public Pong {
    iceServers = iceServers == null ? null : List.copyOf(iceServers);
  }

  /** Answers a PING that asked for nothing else. */
  public Pong(Long sequence) {
    this(sequence, null, null);
  }

  static Pong read(Fields fields) {
    boolean servers = fields.all().getValue("ice_servers") != null;
    return new Pong(fields.integerOrNull("sequence", -Limits.INTEGER_MAX, Limits.INTEGER_MAX),
      servers ? IceServer.list(fields.array("ice_servers")) : null,
      fields.integerOrNull("ice_servers_ttl_ms", 1, Limits.INTEGER_MAX));
  }

  @Override
  public MessageType type() {
    return MessageType.PONG;
  }

  @Override
  public JsonObject toJson() {
    JsonObject json = sequence == null ? new JsonObject() : new JsonObject().put("sequence", sequence);
    if (iceServers != null) {
      json.put("ice_servers", new JsonArray(iceServers.stream().map(IceServer::toJson).toList()));
    }
    return iceServersTtlMs == null ? json : json.put("ice_servers_ttl_ms", iceServersTtlMs);
  }
}
