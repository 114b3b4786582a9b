package io.aiconexus.peer;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a STUN or TURN server that was asked has answered.
 *
 * @param url the server
 * @param state how it stands
 * @param code what a server that failed said (RFC 8656, section 19), or 701 when it could not be reached
 * @param text the same for a person, or null
 */
record ServerAnswer(String url, State state, int code, String text) {

  /** How a server stands. */
  enum State {
    /** Asked, no answer yet. */
    ASKED,
    /** Gave what was asked for. */
    ANSWERED,
    /** Refused, or did not answer. */
    FAILED
  }

  /** Not reached (W3C WebRTC, RTCPeerConnectionIceErrorEvent). */
  private static final int NOT_REACHED = 701;
  private static final int UNAUTHENTICATED = 401;
  private static final int FORBIDDEN = 403;
  private static final int STALE_NONCE = 438;
  private static final int WRONG_CREDENTIALS = 441;
  private static final int TEXT_MAX = 200;
  private static final Pattern URL =
    Pattern.compile("(stuns?|turns?):(\\[[^]]*]|[^:?]*)(?::(\\d+))?(?:\\?transport=(\\w+))?", Pattern.CASE_INSENSITIVE);

  static ServerAnswer asked(String url) {
    return new ServerAnswer(url, State.ASKED, 0, null);
  }

  /** The same server, which has not failed until every server was to have answered. */
  ServerAnswer answered() {
    return state == State.ASKED ? new ServerAnswer(url, State.ANSWERED, 0, null) : this;
  }

  ServerAnswer failed(int failure, String words) {
    String cut = words == null ? "" : words.substring(0, Math.min(words.length(), TEXT_MAX));
    return new ServerAnswer(url, State.FAILED, failure, cut);
  }

  boolean isTurn() {
    return url.regionMatches(true, 0, "turn", 0, 4);
  }

  /** Whether it is asked over UDP. */
  boolean isUdp() {
    return key(url).endsWith(" udp");
  }

  /** Whether it refuses who asks. */
  boolean isRefusal() {
    return state == State.FAILED && (code == UNAUTHENTICATED || code == FORBIDDEN || code == STALE_NONCE
      || code == WRONG_CREDENTIALS);
  }

  /** Whether nothing came back from it: not even an error, and not because its name is unknown. */
  boolean isSilent() {
    boolean unknown = text != null && text.toLowerCase(Locale.ROOT).matches(".*(resolve|lookup|host name).*");
    return state == State.ASKED || state == State.FAILED && code == NOT_REACHED && !unknown;
  }

  /** The machine, as the URL names it. */
  String host() {
    Matcher parts = URL.matcher(url);
    return parts.matches() ? parts.group(2).toLowerCase(Locale.ROOT) : url;
  }

  /** The same for all spellings of one server: scheme, host, port and transport (RFC 7064, 7065). */
  static String key(String url) {
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      return url;
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    boolean secure = scheme.endsWith("s");
    String port = parts.group(3) != null ? parts.group(3) : secure ? "5349" : "3478";
    String transport = parts.group(4) != null ? parts.group(4).toLowerCase(Locale.ROOT) : secure ? "tcp" : "udp";
    return scheme + " " + parts.group(2).toLowerCase(Locale.ROOT) + " " + port + " " + transport;
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject().put("url", url).put("state", state.name().toLowerCase(Locale.ROOT));
    return state == State.FAILED ? json.put("code", code).put("text", text) : json;
  }

  /** In short, for a log. */
  @Override
  public String toString() {
    return url + " " + (state == State.FAILED ? String.valueOf(code) : state.name().toLowerCase(Locale.ROOT));
  }
}
