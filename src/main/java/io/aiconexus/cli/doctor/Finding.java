package io.aiconexus.cli.doctor;

import io.vertx.core.json.JsonObject;

/**
 * What one check found.
 *
 * @param verdict how bad it is
 * @param topic what was looked at, one word
 * @param text what was found
 * @param remedy what to do about it; null when there is nothing to do
 */
public record Finding(Verdict verdict, String topic, String text, String remedy) {

  /** How bad it is. */
  public enum Verdict {
    /** As it should be. */
    OK,
    /** A node runs, but not with everything, or not for long under load. */
    WARN,
    /** A node cannot run like this. */
    FAIL
  }

  static Finding ok(String topic, String text) {
    return new Finding(Verdict.OK, topic, text, null);
  }

  static Finding warn(String topic, String text, String remedy) {
    return new Finding(Verdict.WARN, topic, text, remedy);
  }

  static Finding fail(String topic, String text, String remedy) {
    return new Finding(Verdict.FAIL, topic, text, remedy);
  }

  /** The same as JSON. */
  public JsonObject toJson() {
    JsonObject json = new JsonObject().put("verdict", verdict.name()).put("topic", topic).put("text", text);
    return remedy == null ? json : json.put("remedy", remedy);
  }
}
