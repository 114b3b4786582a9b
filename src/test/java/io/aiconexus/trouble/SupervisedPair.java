package io.aiconexus.trouble;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;

/** Three machines: a gateway's, and two agents' of which the near one supervises its link to the far one. */
public final class SupervisedPair implements AutoCloseable {

  private static final String PORT = "8000";

  final Network network = new Network();
  final Machine gatewayMachine = network.machine(1);
  final Machine nearMachine;
  final Machine farMachine;
  Child gateway;
  final Child near;
  final Child far;
  private final int iceRestarts;
  private final int graceMs;
  private final String farDid;
  private final AtomicInteger said = new AtomicInteger();

  public SupervisedPair(String engine) {
    this(engine, 0);
  }

  /** @param delayMs how long the near agent's wire takes, each way */
  SupervisedPair(String engine, int delayMs) {
    this(engine, delayMs, 3, 1_000);
  }

  /** With so many ICE restarts before the link is rebuilt, and so much grace before the first. */
  public SupervisedPair(String engine, int delayMs, int iceRestarts, int graceMs) {
    this.iceRestarts = iceRestarts;
    this.graceMs = graceMs;
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
  public void supervise() {
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
  public void assertEchoes() {
    String text = "text " + said.incrementAndGet();
    near.type("say " + farDid + " " + text);
    near.line(line -> line.equals("echo " + text));
  }

  /** Both agents' machines lose so many of a hundred packets that come. */
  public void loseEverywhere(int percent) {
    nearMachine.lose(percent);
    farMachine.lose(percent);
  }

  /** The near agent gets another address. */
  public void moveNear() {
    nearMachine.moveTo(102);
  }

  /** How the link came back, once it has. */
  public String nextRecovery() {
    return next("recovered").getString("how");
  }

  /** Has the link made and dropped so often; what became of that. */
  public String connectAgainAndAgain(int times) {
    near.type("cycle " + farDid + " " + times);
    return near.line(line -> line.startsWith("cycled "), Math.max(60, times)).substring("cycled ".length());
  }

  private Child agent(Machine machine, String engine) {
    JsonObject settings = new JsonObject()
      .put("node", new JsonObject().put("roles", new JsonArray().add("peers").add("retry")))
      .put("webrtc", new JsonObject().put("engine", engine))
      .put("retry", new JsonObject().put("grace_ms", graceMs).put("ice_restarts", iceRestarts)
        .put("ice_restart_timeout_ms", 3_000)
        .put("policy", new JsonObject().put("initial_delay_ms", 200).put("max_delay_ms", 2_000)
          .put("max_retries", 10_000).put("attempt_timeout_ms", 10_000)));
    return machine.java(TroubledAgent.class.getName(), "ws://" + gatewayMachine.address() + ":" + PORT,
      settings.encode());
  }

  @Override
  public void close() {
    network.close();
  }
}
