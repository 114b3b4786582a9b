package io.aiconexus.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Payloads of every type, with and without their optional fields. */
final class Payloads {

  private static final IceServer STUN = new IceServer(List.of("stun:stun.example.org:3478"), null, null);
  private static final IceServer TURN =
    new IceServer(List.of("turn:turn.example.org:3478?transport=udp", "turns:turn.example.org:5349"), "ann", "secret");

  static final List<Payload> ALL = List.of(
    new Challenge("AAECAwQFBgcICQoLDA0ODw", 5000),
    new Register("AAECAwQFBgcICQoLDA0ODw", "localhost:7000", "4zvwRjXUKGfvwnParsHAS3HuSVzV5cA4McphgmoCtajS",
      List.of("echo", "sum"),
      "token", 7L),
    new Register("AAECAwQFBgcICQoLDA0ODw", "localhost:7000", "4zvwRjXUKGfvwnParsHAS3HuSVzV5cA4McphgmoCtajS", List.of(),
      null, null),
    new Registered("s-1", "node-1", "token", 30_000, true, List.of(STUN, TURN), 25_000, 262_144, 100, null, 12L),
    new Registered("s-1", "node-1", "token", 0, false, List.of(), 1, 1, 1),
    new Registered("s-1", "node-1", "token", 0, false, List.of(TURN), 1, 1, 1, 3_600_000L, null),
    new Unregister("done"), new Unregister(null),
    new Offer("c-1", "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\n"), new Answer("c-1", "v=0\r\n"),
    new Candidate("c-1", "candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host", "0", 0, "abcd"),
    new Candidate("c-1", "", null, null, null),
    new Bye("c-1", "no longer needed"), new Bye("c-1", null),
    new Intent(new JsonObject().put("query", "weather").put("context", new JsonObject().put("city", "Bern"))),
    new Intent(new JsonObject().put("task", "sum")
      .put("params", new JsonObject().put("numbers", new JsonArray().add(1.5).add(2)))),
    new Intent(new JsonObject().put("status", "accepted").put("required_input", new JsonArray().add("city"))
      .put("cost", 3)),
    new ExecRequest("sum", new JsonObject().put("a", 1.25).put("b", 2), 1000L, true),
    new ExecRequest("now", new JsonObject(), null, false),
    new ExecResponse(true, new JsonObject().put("sum", 3.25), null, 12),
    new ExecResponse(true, null, null, 0), new ExecResponse(true, 0.5, null, 0),
    new ExecResponse(false, null, new JsonObject().put("message", "no such city"), 3),
    new Relay("c-1", "data", 0, "hello", null), new Relay("c-1", "", Limits.INTEGER_MAX, null, "AAEC/w=="),
    new Fault("UNKNOWN_AGENT", "nobody here", true, 500L, new JsonObject().put("node", "n1")),
    new Fault("A_CODE_OF_TOMORROW", "", false, null, null),
    new Ping(7L), new Ping(null), new Pong(-Limits.INTEGER_MAX), new Pong(null),
    new Ping(null, true), new Pong(1L, List.of(STUN, TURN), 3_600_000L), new Pong(null, List.of(), null));

  private Payloads() {
  }
}
