package io.aiconexus.trouble;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;

/** Three machines: a gateway's, and two agents' of which the near one supervises its link to the far one. */
final class SupervisedPair implements AutoCloseable {

  private static final String PORT = "8000";

  final Network network = new Network();
  final Machine gatewayMachine = network.machine(1);
  final Machine nearMachine;
  final Machine farMachine;
  Child gateway;
  final Child near;
  final Child far;
  private final String farDid;
  private final AtomicInteger said = new AtomicInteger();

  SupervisedPair(String engine) {
    this(engine, 0);
  }

  /** @param delayMs how long the near agent's wire takes, each way */
  SupervisedPair(String engine, int delayMs) {
    try {
      nearMachine = delayMs == 0 ? network.machine(2) : network.machine(2, delayMs);
      farMachine = network.machine(3);
      startGateway();
      near = agent(nearMachine, engine);
      far = agent(farMachine, engine);
      near.line("agent ");
      farDid = far.line("agent ");
    } catch (RuntimeException | Error failed) {
      network.close();
      throw failed;
    }
  }

  void startGateway() {
    gateway = gatewayMachine.java(TroubledGateway.class.getName(), gatewayMachine.address(), PORT);
    gateway.line("gateway ");
  }

  /** Asks the near end to keep the link up. */
  void ask() {
    near.type("supervise " + farDid);
    near.line("supervising");
  }

  /** The same, and waits until it is up. */
  void supervise() {
    ask();
    next("recovered");
  }

  /** Closes the link at the near end, as if it were lost there; it is still desired. */
  void drop() {
    near.type("drop " + farDid);
  }

  /** The next event of the supervision of that name. */
  JsonObject next(String event) {
    return new JsonObject(near.line(line -> line.startsWith("retry {") && line.contains("\"event\":\"" + event + "\""))
      .substring("retry ".length()));
  }

  /** Data goes to the far end and back. */
  void assertEchoes() {
    String text = "text " + said.incrementAndGet();
    near.type("say " + farDid + " " + text);
    near.line(line -> line.equals("echo " + text));
  }

  private Child agent(Machine machine, String engine) {
    JsonObject settings = new JsonObject()
      .put("node", new JsonObject().put("roles", new JsonArray().add("peers").add("retry")))
      .put("webrtc", new JsonObject().put("engine", engine))
      .put("retry", new JsonObject().put("grace_ms", 1_000).put("ice_restart_timeout_ms", 3_000)
        .put("policy", new JsonObject().put("initial_delay_ms", 200).put("max_delay_ms", 2_000)
          .put("max_retries", 10_000).put("attempt_timeout_ms", 10_000)));
    return machine.java(TroubledAgent.class.getName(), "ws://" + gatewayMachine.address() + ":" + PORT, settings.encode());
  }

  @Override
  public void close() {
    network.close();
  }
}
