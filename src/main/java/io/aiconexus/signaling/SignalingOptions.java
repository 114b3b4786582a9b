package io.aiconexus.signaling;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.ProtocolException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/**
 * Where a signaling gateway listens, whom it admits and how much it puts up with.
 * <p>
 * In JSON all of it is one flat object, {@code signaling}; {@code docs/configuration.md} has the table.
 *
 * @param host address listened on; loopback by default, so that nothing is open to a network unasked
 * @param port TCP port, 0 to let the system choose one
 * @param instances verticles, each with an event loop of its own, that share the port; 0 means one per core
 * @param audiences what agents may name as the gateway they dialled, {@code host[:port]}; when empty: the host and port
 *   listened on, with {@code localhost} for loopback
 * @param verify which signatures the gateway verifies itself
 * @param tls the certificate, or null to listen without TLS
 * @param iceServers STUN and TURN servers handed to every agent
 * @param turn TURN servers with credentials that each agent gets for a while
 * @param session limits and timers of one session
 * @param admission who may open a session
 * @param routing how messages find other instances
 * @param drain how long stopping waits for sockets to close by themselves; 2 s let a close frame cross any network
 */
public record SignalingOptions(String host, int port, int instances, List<String> audiences, Verify verify,
                               TlsOptions tls, List<IceServer> iceServers, TurnRestOptions turn, SessionOptions session,
                               AdmissionOptions admission, RoutingOptions routing, Duration drain) {

  /** Which signatures the gateway verifies. */
  public enum Verify {
    /** Only those of REGISTER; the ends verify the rest, which proves more and costs the gateway nothing. */
    REGISTER,
    /** Every message's. */
    ALL
  }

  /** 127.0.0.1:8000, one instance per core, REGISTER verified, no TLS, no ICE servers, 2 s to stop. */
  public static final SignalingOptions DEFAULTS = new SignalingOptions("127.0.0.1", 8000, 0, List.of(), Verify.REGISTER,
    null, List.of(), TurnRestOptions.DEFAULTS, SessionOptions.DEFAULTS, AdmissionOptions.DEFAULTS,
    RoutingOptions.DEFAULTS, Duration.ofSeconds(2));

  private static final int INSTANCES_MAX = 256;

  /** Checks every range; fails with a {@link ConfigurationException}. */
  public SignalingOptions {
    audiences = List.copyOf(audiences);
    iceServers = List.copyOf(iceServers);
    check(!host.isBlank(), "signaling.host", "a host name or address", "\"" + host + "\"");
    check(port >= 0 && port < 65_536, "signaling.port", "0 to 65535", port);
    check(instances >= 0 && instances <= INSTANCES_MAX, "signaling.instances", "0 to " + INSTANCES_MAX, instances);
    for (String audience : audiences) {
      check(audience.matches("[^/\\s]{1,256}"), "signaling.audiences", "a list of host or host:port",
        "\"" + audience + "\"");
    }
    check(!drain.isNegative() && drain.toSeconds() <= 3600, "signaling.drain_ms", "0 to 3600000", drain.toMillis());
  }

  /** The same at another address; the port may be 0. */
  public SignalingOptions listeningOn(String otherHost, int otherPort) {
    return new SignalingOptions(otherHost, otherPort, instances, audiences, verify, tls, iceServers, turn, session,
      admission, routing, drain);
  }

  /** How many verticles to deploy: {@link #instances}, or one per core. */
  public int instancesOrCores() {
    return instances == 0 ? Runtime.getRuntime().availableProcessors() : instances;
  }

  /** Reads the {@code signaling} object; absent keys have their defaults, unknown ones are refused. */
  public static SignalingOptions from(JsonObject json) {
    return from(Section.of("signaling", json));
  }

  /** Reads the {@code signaling} section and ends it. */
  public static SignalingOptions from(Section section) {
    SignalingOptions options = new SignalingOptions(
      section.string("host", DEFAULTS.host),
      section.integer("port", DEFAULTS.port),
      section.integer("instances", DEFAULTS.instances),
      section.strings("audiences", DEFAULTS.audiences),
      verify(section.string("verify", "register")),
      TlsOptions.from(section.section("tls")),
      section.objects("ice_servers").stream().map(SignalingOptions::iceServer).toList(),
      TurnRestOptions.from(section.section("turn")),
      SessionOptions.from(section),
      AdmissionOptions.from(section),
      RoutingOptions.from(section),
      section.millis("drain_ms", DEFAULTS.drain));
    section.end();
    return options;
  }

  private static Verify verify(String name) {
    check(name.equals("register") || name.equals("all"), "signaling.verify", "\"register\" or \"all\"",
      "\"" + name + "\"");
    return name.equals("all") ? Verify.ALL : Verify.REGISTER;
  }

  private static IceServer iceServer(JsonObject json) {
    try {
      return IceServer.from(json);
    } catch (ProtocolException e) {
      throw new ConfigurationException("signaling.ice_servers: " + e.getMessage());
    }
  }
}
