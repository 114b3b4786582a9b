package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Limits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How one agent is hosted.
 *
 * @param gateway where it registers, a ws or wss URL; null for the gateway on this event bus
 * @param capabilities what other agents may ask of it: name to the event-bus address that does it
 * @param intentAddress the event-bus address that answers INTENTs, or null
 * @param accept whose OFFERs it answers
 * @param inbox whether channel messages go to the event-bus address {@code aiconexus.peer.<did>.inbox}; else each
 *     channel waits for its handler
 */
public record HostOptions(URI gateway, Map<String, String> capabilities, String intentAddress, Predicate<Did> accept,
                          boolean inbox) {

  /** On this event bus, without capabilities, open to everybody. */
  public static final HostOptions DEFAULTS = new HostOptions(null, Map.of(), null, anybody -> true, false);

  /** Checks the URL, and names and number of the capabilities. */
  public HostOptions {
    if (gateway != null && (gateway.getHost() == null || !String.valueOf(gateway.getScheme()).matches("wss?"))) {
      throw new IllegalArgumentException("gateway must be a ws:// or wss:// URL, was " + gateway);
    }
    capabilities = Map.copyOf(capabilities);
    capabilities.keySet().forEach(Capabilities::checkName);
    if (capabilities.size() > Limits.CAPABILITIES) {
      throw new IllegalArgumentException("an agent has at most " + Limits.CAPABILITIES + " capabilities, these are "
        + capabilities.size());
    }
  }

  /** The same at the gateway of that URL. */
  public HostOptions at(URI url) {
    return new HostOptions(url, capabilities, intentAddress, accept, inbox);
  }

  /** The same with one capability more. */
  public HostOptions with(String capability, String address) {
    Map<String, String> more = new HashMap<>(capabilities);
    more.put(capability, address);
    return new HostOptions(gateway, more, intentAddress, accept, inbox);
  }

  /** The same, answering only the OFFERs of those that {@code whom} lets in. */
  public HostOptions accepting(Predicate<Did> whom) {
    return new HostOptions(gateway, capabilities, intentAddress, whom, inbox);
  }

  /** The same with channel messages sent over the event bus. */
  public HostOptions withInbox() {
    return new HostOptions(gateway, capabilities, intentAddress, accept, true);
  }

  /** Reads a {@code host} command of the event bus. */
  static HostOptions from(JsonObject command) {
    Map<String, String> capabilities = new HashMap<>();
    Fields fields = new Fields(command)
      .only("action", "key_file", "gateway", "capabilities", "intent_address", "accept");
    fields.object("capabilities").forEach(entry -> {
      if (!(entry.getValue() instanceof String address) || address.isEmpty()) {
        throw Failure.BAD_REQUEST.because("capabilities must map each name to an event-bus address");
      }
      capabilities.put(entry.getKey(), address);
    });
    return new HostOptions(gateway(fields.string("gateway")), capabilities, fields.string("intent_address"),
      accept(command.getValue("accept")), true);
  }

  private static URI gateway(String url) {
    try {
      return url == null ? null : new URI(url);
    } catch (URISyntaxException e) {
      throw Failure.BAD_REQUEST.because("gateway is no URL: " + e.getMessage());
    }
  }

  private static Predicate<Did> accept(Object value) {
    if (value == null || value.equals("all")) {
      return anybody -> true;
    }
    if (value.equals("none")) {
      return anybody -> false;
    }
    if (!(value instanceof JsonArray array)) {
      throw Failure.BAD_REQUEST.because("accept must be \"all\", \"none\" or a list of DIDs");
    }
    List<Did> list = new ArrayList<>();
    for (Object did : array) {
      list.add(new Fields(new JsonObject().put("accept", did)).did("accept"));
    }
    return list::contains;
  }
}
