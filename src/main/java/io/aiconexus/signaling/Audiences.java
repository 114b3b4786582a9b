package io.aiconexus.signaling;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;

/**
 * The names under which agents may have dialled this gateway. A proof for another name was made for another gateway.
 *
 * @param names {@code host} or {@code host:port}, in lower case
 * @param any whether every name counts, because nobody said which are true
 */
record Audiences(Set<String> names, boolean any) {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");
  private static final Set<String> WILDCARD = Set.of("0.0.0.0", "::");

  /** The names of the options, or those that follow from where the gateway listens. Never the Host header's. */
  static Audiences of(SignalingOptions options, int actualPort) {
    Set<String> names = new TreeSet<>();
    List<String> configured = options.audiences();
    String host = options.host().toLowerCase(Locale.ROOT);
    if (!configured.isEmpty()) {
      configured.forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    } else if (!WILDCARD.contains(host)) {
      addBoth(names, host, actualPort, options.tls() != null);
      if (LOOPBACK.contains(host)) {
        addBoth(names, "localhost", actualPort, options.tls() != null);
      }
    }
    return new Audiences(Set.copyOf(names), names.isEmpty());
  }

  boolean accept(String audience) {
    return any || names.contains(audience.toLowerCase(Locale.ROOT));
  }

  /** Whether a web page of that {@code Origin} comes from this gateway. */
  boolean isOwnOrigin(String origin) {
    int host = origin.indexOf("://");
    return host > 0 && !any && accept(origin.substring(host + "://".length()));
  }

  /** Says once what it leaves open when every name counts. */
  void warnIfAny(Logger log) {
    if (any) {
      log.warn("signaling.audiences is empty on a wildcard address: proofs for any gateway are accepted, so a hostile "
        + "gateway that an agent dials can pass the agent's proof on to this one and act in its name; set "
        + "signaling.audiences to the host:port that agents dial");
    }
  }

  private static void addBoth(Set<String> names, String host, int port, boolean tls) {
    String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    names.add(name + ":" + port);
    if (port == (tls ? 443 : 80)) {
      names.add(name);
    }
  }
}
