package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.Ping;
import io.aiconexus.protocol.Pong;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The STUN and TURN servers that a gateway hands out, to each agent with credentials of its own. */
final class HandedServers {

  private final SignalingOptions options;
  private final LongSupplier millis;
  private final TurnRest turn;

  /** @param millis the wall clock, which the TURN servers' must agree with */
  HandedServers(SignalingOptions options, LongSupplier millis) {
    this.options = options;
    this.millis = millis;
    this.turn = new TurnRest(options.turn());
  }

  /** All servers for that agent. */
  List<IceServer> of(Did agent) {
    List<IceServer> servers = new ArrayList<>(options.iceServers());
    if (options.turn().isOn()) {
      servers.add(turn.serverFor(agent, millis.getAsLong()));
    }
    return servers;
  }

  /** How long they may be used from now on, in milliseconds; null: as long as the session lasts. */
  Long ttlMs() {
    return options.turn().isOn() ? options.turn().ttl().toMillis() : null;
  }

  /** Answers an agent's PING, with servers if it asks for them. */
  Pong answer(Did agent, Ping ping) {
    return ping.iceServers() ? new Pong(ping.sequence(), of(agent), ttlMs()) : new Pong(ping.sequence());
  }
}
