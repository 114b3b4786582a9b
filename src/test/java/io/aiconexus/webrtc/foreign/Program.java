package io.aiconexus.webrtc.foreign;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** A running program that takes commands as JSON; what it answers goes to who started it. */
interface Program {

  /** How long anything may take to start or to end, in seconds. */
  int PATIENCE = 30;

  /** Hands it one command; any thread. */
  void say(JsonObject command);

  /** Ends it, and returns when nothing is left of it. */
  void close();

  /** Ends a process and all that it started, and waits until they are gone. */
  static void end(Process process) {
    var children = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      for (ProcessHandle child : children) {
        child.destroyForcibly();
        child.onExit().get(PATIENCE, TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      throw new IllegalStateException("process " + process.pid() + " does not end", e);
    }
  }
}
