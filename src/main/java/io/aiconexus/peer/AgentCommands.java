package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.bus.Replies;
import io.aiconexus.identity.Did;
import io.aiconexus.webrtc.DataChannelOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** A hosted agent's addresses on the event bus: commands, and messages to send. */
final class AgentCommands {

  private static final String DEFAULT_CHANNEL = "data";
  private static final long TIMEOUT_MAX_MS = 3_600_000;

  private final HostedAgent agent;
  private final Vertx vertx;

  AgentCommands(HostedAgent agent, Vertx vertx) {
    this.agent = agent;
    this.vertx = vertx;
  }

  /** Listens; the future succeeds once the addresses can be reached. */
  Future<?> register() {
    return Future.join(
      vertx.eventBus().<JsonObject>consumer(Addresses.peer(agent.local()), Replies.to(this::command)).completion(),
      vertx.eventBus().consumer(Addresses.peerSend(agent.local()), Replies.to(this::send)).completion());
  }

  private Future<Object> command(Message<JsonObject> message) {
    Fields command = new Fields(message.body());
    String action = command.required("action");
    return switch (action) {
      case "connect" -> connect(command);
      case "disconnect" -> link(command.did("remote")).close().mapEmpty();
      case "links" -> Future.succeededFuture(links());
      case "channel" -> channel(command);
      case "exec" -> agent.exec(command.did("to"), command.required("capability"), command.object("args"),
        timeout(command)).map(result -> new JsonObject().put("result", result));
      case "intent" -> agent.intent(command.did("to"), command.object("intent"), timeout(command)).map(answer -> answer);
      case "stats" -> link(command.did("remote")).stats().map(stats -> stats.toJson());
      default -> throw Failure.BAD_REQUEST.because("action must be connect, disconnect, links, channel, exec, intent or "
        + "stats, was " + action);
    };
  }

  private Future<Object> connect(Fields command) {
    Map<String, DataChannelOptions> channels = new LinkedHashMap<>();
    for (JsonObject channel : command.objects("channels")) {
      channels.put(new Fields(channel).required("label"), DataChannelOptions.from(channel));
    }
    long timeout = command.millis("timeout_ms", agent.options().connectTimeout().toMillis(), TIMEOUT_MAX_MS);
    return agent.connect(command.did("remote"), timeout, channels).map(Link::describe);
  }

  private Future<Object> channel(Fields command) {
    JsonObject options = command.json().copy();
    options.remove("action");
    options.remove("remote");
    return link(command.did("remote")).channel(command.required("label"), DataChannelOptions.from(options))
      .map(channel -> new JsonObject().put("label", channel.label()).put("open", channel.isOpen()));
  }

  private JsonObject links() {
    JsonArray links = new JsonArray();
    agent.links().forEach(link -> links.add(link.describe()));
    return new JsonObject().put("links", links);
  }

  private Future<Void> send(Message<Object> message) {
    String to = message.headers().get("to");
    if (to == null) {
      throw Failure.BAD_REQUEST.because("header to is missing");
    }
    String label = message.headers().contains("channel") ? message.headers().get("channel") : DEFAULT_CHANNEL;
    Future<Channel> channel = link(Did.parse(to)).channel(label);
    Object body = message.body();
    if (body instanceof Buffer bytes) {
      return channel.compose(open -> open.send(bytes, true));
    }
    if (body instanceof String text) {
      return channel.compose(open -> open.send(Buffer.buffer(text), false));
    }
    throw Failure.BAD_REQUEST.because("the body must be a Buffer or a text");
  }

  private Link link(Did remote) {
    return agent.link(remote).orElseThrow(() ->
      Failure.NOT_CONNECTED.because(agent.local() + " has no link to " + remote + "; connect first"));
  }

  private long timeout(Fields command) {
    return command.millis("timeout_ms", agent.options().execTimeout().toMillis(), TIMEOUT_MAX_MS);
  }
}
