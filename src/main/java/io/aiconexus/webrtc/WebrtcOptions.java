package io.aiconexus.webrtc;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.ProtocolException;
import io.aiconexus.webrtc.jvm.JvmOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/**
 * Which engine carries connections, and what it may use; {@code webrtc} in the configuration.
 *
 * @param engine {@code auto} (the best that works here), {@code native}, {@code jvm} or {@code loopback}
 * @param nativeEngine what the native engine may use
 * @param jvm what the engine in Java may use
 * @param iceServers STUN and TURN servers beside those that a gateway hands out
 * @param iceTransportPolicy {@code all}, or {@code relay} for relayed candidates only
 */
public record WebrtcOptions(String engine, NativeOptions nativeEngine, JvmOptions jvm,
                            List<IceServer> iceServers, String iceTransportPolicy) {

  /** The best engine that works, no servers, every kind of candidate. */
  public static final WebrtcOptions DEFAULTS =
    new WebrtcOptions("auto", NativeOptions.DEFAULTS, JvmOptions.DEFAULTS, List.of(), "all");

  /** Checks the names. */
  public WebrtcOptions {
    check(Engines.NAMES.contains(engine), "webrtc.engine", "one of " + String.join(", ", Engines.NAMES), engine);
    check(Set.of("all", "relay").contains(iceTransportPolicy), "webrtc.ice_transport_policy", "all or relay",
      iceTransportPolicy);
    iceServers = List.copyOf(iceServers);
  }

  /** Reads them; every key has a default. */
  public static WebrtcOptions from(Section section) {
    WebrtcOptions options = new WebrtcOptions(section.string("engine", DEFAULTS.engine),
      NativeOptions.from(section.section("native")), JvmOptions.from(section.section("jvm")),
      servers(section.objects("ice_servers")),
      section.string("ice_transport_policy", DEFAULTS.iceTransportPolicy));
    section.end();
    return options;
  }

  /** What a connection may use when nothing else is asked for. */
  public PeerConnectionOptions connection() {
    return new PeerConnectionOptions(iceServers, iceTransportPolicy.equals("relay"));
  }

  private static List<IceServer> servers(List<JsonObject> list) {
    try {
      return list.stream().map(IceServer::from).toList();
    } catch (ProtocolException e) {
      throw new ConfigurationException("webrtc.ice_servers: " + e.getMessage());
    }
  }
}
