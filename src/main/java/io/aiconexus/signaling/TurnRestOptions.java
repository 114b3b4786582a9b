package io.aiconexus.signaling;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import io.aiconexus.protocol.IceServer;
import io.aiconexus.protocol.ProtocolException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * TURN servers that take credentials made of a shared secret (TURN REST, draft-uberti-behave-turn-rest-00; coturn's
 * {@code use-auth-secret}); {@code signaling.turn} in the configuration.
 *
 * @param urls {@code turn:} and {@code turns:} URLs of servers that share the secrets; none: no such servers
 * @param secrets what the servers share: the first signs; a second one is still, or already, valid at the servers
 * @param ttl how long credentials last; 1 min to 24 h, one hour by default
 * @param salt keeps the names in a server's log from telling which agent it is; empty: the first secret does
 */
public record TurnRestOptions(List<String> urls, List<String> secrets, Duration ttl, String salt) {

  /** No servers; credentials for one hour. */
  public static final TurnRestOptions DEFAULTS =
    new TurnRestOptions(List.of(), List.of(), Duration.ofSeconds(3_600), "");

  private static final int SECRETS_MAX = 2;
  private static final int SECRET_LENGTH = 16;
  private static final String NOT_SHOWN = "(not shown)";

  /** Checks every rule; no message shows a secret. */
  public TurnRestOptions {
    urls = List.copyOf(urls);
    secrets = List.copyOf(secrets);
    check(urls.stream().allMatch(url -> url.matches("turns?:.+")), "signaling.turn.urls",
      "a list of turn: and turns: URLs", new JsonArray(urls).encode());
    check(urls.isEmpty() == secrets.isEmpty(), urls.isEmpty() ? "signaling.turn.urls" : "signaling.turn.secrets",
      "given together with signaling.turn." + (urls.isEmpty() ? "secrets" : "urls"), "empty");
    check(secrets.size() <= SECRETS_MAX, "signaling.turn.secrets", "at most " + SECRETS_MAX + " texts", secrets.size());
    check(secrets.stream().allMatch(secret -> secret.strip().length() >= SECRET_LENGTH), "signaling.turn.secrets",
      "texts of at least " + SECRET_LENGTH + " characters", NOT_SHOWN);
    check(new HashSet<>(secrets).size() == secrets.size(), "signaling.turn.secrets", "different from each other",
      NOT_SHOWN);
    check(ttl.toSeconds() >= 60 && ttl.toSeconds() <= 86_400, "signaling.turn.ttl_ms", "60000 to 86400000",
      ttl.toMillis());
    checkUsable(urls);
  }

  /** Reads the section; what is absent has its default. */
  static TurnRestOptions from(Section section) {
    TurnRestOptions options = new TurnRestOptions(section.strings("urls", DEFAULTS.urls),
      section.strings("secrets", DEFAULTS.secrets), section.millis("ttl_ms", DEFAULTS.ttl),
      section.string("salt", DEFAULTS.salt));
    section.end();
    return options;
  }

  /** Whether there are such servers. */
  public boolean isOn() {
    return !urls.isEmpty();
  }

  /** Never shows a secret. */
  @Override
  public String toString() {
    return "TURN REST at " + String.join(",", urls) + " for " + ttl;
  }

  /** What agents would refuse must not be handed out. */
  private static void checkUsable(List<String> urls) {
    if (!urls.isEmpty()) {
      try {
        IceServer.from(new JsonObject().put("urls", new JsonArray(urls)));
      } catch (ProtocolException e) {
        throw new ConfigurationException("signaling.turn.urls: " + e.getMessage());
      }
    }
  }
}
