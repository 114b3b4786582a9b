package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.aiconexus.bus.Failure;
import io.aiconexus.bus.Replies;
import io.aiconexus.config.Section;
import io.aiconexus.identity.Did;
import io.aiconexus.retry.RetryPolicy;
import io.aiconexus.webrtc.DataChannelOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** A hosted agent's addresses on the event bus: commands, and messages to send. */
final class AgentCommands {

  private static final String DEFAULT_CHANNEL = "data";

  private final HostedAgent agent;
  private final Vertx vertx;
  private int unopenedBytes;

  AgentCommands(HostedAgent agent, Vertx vertx) {
    this.agent = agent;
    this.vertx = vertx;
  }

  /** Listens, and carries everything over to the agent's own context; succeeds once the addresses can be reached. */
  Future<?> register() {
    return Future.join(listen(Addresses.peer(agent.local()), this::command),
      listen(Addresses.peerSend(agent.local()), this::send));
  }

  private <R> Future<Void> listen(String address, Function<Message<Object>, Future<R>> use) {
    return vertx.eventBus().<Object>consumer(address, Replies.to(message -> agent.onContext(() -> use.apply(message))))
      .completion();
  }

  private Future<Object> command(Message<Object> message) {
    Fields command = Fields.of(message.body());
    String action = command.required("action");
    return switch (action) {
      case "connect" -> connect(command.only("action", "remote", "channels", "timeout_ms", "retry"));
      case "disconnect" -> disconnect(command.only("action", "remote").did("remote"));
      case "restart_ice" -> link(command.only("action", "remote").did("remote")).signaling().restartIce().mapEmpty();
      case "links" -> {
        command.only("action");
        yield Future.succeededFuture(links());
      }
      case "channel" -> channel(command);
      case "exec" -> exec(command.only("action", "to", "capability", "args", "timeout_ms"));
      case "intent" -> intent(command.only("action", "to", "intent", "timeout_ms"));
      case "stats" -> link(command.only("action", "remote").did("remote")).stats().map(stats -> stats.toJson());
      default -> throw Failure.BAD_REQUEST.because("action must be connect, disconnect, restart_ice, links, channel, "
        + "exec, intent or stats, was " + action);
    };
  }

  private Future<Object> connect(Fields command) {
    Map<String, DataChannelOptions> channels = new LinkedHashMap<>();
    for (JsonObject channel : command.objects("channels")) {
      String label = new Fields(channel).required("label");
      if (channels.put(label, DataChannelOptions.from(channel)) != null) {
        throw Failure.BAD_REQUEST.because("channels has label " + label + " twice");
      }
    }
    long timeout = command.millis("timeout_ms", agent.options().connectTimeout().toMillis(), PeerOptions.WAIT_MAX_MS);
    Did remote = command.did("remote");
    if (command.json().getValue("retry") == null) {
      return agent.links().connect(remote, timeout, channels).map(Link::describe);
    }
    RetryPolicy policy = RetryPolicy.from(Section.of("retry", command.object("retry")), RetriedConnects.USUAL);
    return agent.retried().connect(remote, timeout, channels, policy).map(RetriedConnects.Connected::describe);
  }

  /** Also when connecting is still tried again and there is no link between two attempts. */
  private Future<Object> disconnect(Did remote) {
    boolean tried = agent.retried().cancel(remote);
    return tried && agent.links().get(remote).isEmpty() ? Future.succeededFuture()
      : link(remote).close().mapEmpty();
  }

  private Future<Object> channel(Fields command) {
    JsonObject options = command.json().copy();
    options.remove("action");
    options.remove("remote");
    return link(command.did("remote")).channel(command.required("label"), DataChannelOptions.from(options))
      .map(channel -> new JsonObject().put("label", channel.label()).put("open", channel.isOpen()));
  }

  private Future<Object> exec(Fields command) {
    return agent.exec(command.did("to"), command.required("capability"), command.object("args"), timeout(command))
      .map(result -> new JsonObject().put("result", result));
  }

  private Future<Object> intent(Fields command) {
    return agent.intent(command.did("to"), command.object("intent"), timeout(command)).map(answer -> answer);
  }

  private JsonObject links() {
    JsonArray links = new JsonArray();
    agent.links().all().forEach(link -> links.add(link.describe()));
    return new JsonObject().put("links", links);
  }

  private Future<Void> send(Message<Object> message) {
    String to = message.headers().get("to");
    if (to == null) {
      throw Failure.BAD_REQUEST.because("header to is missing");
    }
    Object body = message.body();
    if (!(body instanceof Buffer) && !(body instanceof String)) {
      throw Failure.BAD_REQUEST.because("the body must be a Buffer or a text");
    }
    boolean binary = body instanceof Buffer;
    Buffer bytes = binary ? (Buffer) body : Buffer.buffer((String) body);
    String label = message.headers().contains("channel") ? message.headers().get("channel") : DEFAULT_CHANNEL;
    Future<Channel> channel = link(recipient(to)).channel(label);
    if (channel.succeeded()) {
      return channel.result().send(bytes, binary);
    }
    if (unopenedBytes + bytes.length() > Channel.WRITE_QUEUE_BYTES) {
      return Future.failedFuture(
        Failure.OVERLOADED.because(unopenedBytes + " bytes wait for channels to open already"));
    }
    unopenedBytes += bytes.length();
    return channel.onComplete(done -> unopenedBytes -= bytes.length()).compose(open -> open.send(bytes, binary));
  }

  private static Did recipient(String to) {
    try {
      return Did.parse(to);
    } catch (IllegalArgumentException e) {
      throw Failure.BAD_REQUEST.because("header to is " + e.getMessage());
    }
  }

  private Link link(Did remote) {
    return agent.links().get(remote).orElseThrow(() ->
      Failure.NOT_CONNECTED.because(agent.local() + " has no link to " + remote + "; connect first"));
  }

  private long timeout(Fields command) {
    return command.millis("timeout_ms", agent.options().execTimeout().toMillis(), PeerOptions.WAIT_MAX_MS);
  }
}
