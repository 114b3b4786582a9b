package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of an event-bus command; what is wrong fails with BAD_REQUEST, naming the field and the rule. */
record Fields(JsonObject json) {

  /** The command in a message's body. */
  static Fields of(Object body) {
    if (body instanceof JsonObject json) {
      return new Fields(json);
    }
    throw Failure.BAD_REQUEST.because("the body must be a JSON object");
  }

  /** Refuses every field that is not one of these, by name. */
  Fields only(String... known) {
    for (String name : json.fieldNames()) {
      if (!List.of(known).contains(name)) {
        throw Failure.BAD_REQUEST.because(name + " is unknown here; there are " + String.join(", ", known));
      }
    }
    return this;
  }

  /** A text, or null when absent. */
  String string(String name) {
    return typed(name, String.class, "a text");
  }

  String required(String name) {
    String value = string(name);
    if (value == null) {
      throw Failure.BAD_REQUEST.because(name + " is missing");
    }
    return value;
  }

  Did did(String name) {
    try {
      return Did.parse(required(name));
    } catch (IllegalArgumentException e) {
      throw Failure.BAD_REQUEST.because(name + " is " + e.getMessage());
    }
  }

  /** Milliseconds of 1 to {@code max}. */
  long millis(String name, long otherwise, long max) {
    Number value = typed(name, Number.class, "a whole number");
    if (value == null) {
      return otherwise;
    }
    if (value.doubleValue() != value.longValue() || value.longValue() < 1 || value.longValue() > max) {
      throw Failure.BAD_REQUEST.because(name + " must be a whole number of 1 to " + max + ", was " + value);
    }
    return value.longValue();
  }

  /** An object; empty when absent. */
  JsonObject object(String name) {
    JsonObject value = typed(name, JsonObject.class, "an object");
    return value == null ? new JsonObject() : value;
  }

  List<JsonObject> objects(String name) {
    JsonArray array = typed(name, JsonArray.class, "a list of objects");
    List<JsonObject> objects = new ArrayList<>();
    if (array != null) {
      for (Object entry : array) {
        if (!(entry instanceof JsonObject object)) {
          throw Failure.BAD_REQUEST.because(name + " must be a list of objects");
        }
        objects.add(object);
      }
    }
    return objects;
  }

  private <T> T typed(String name, Class<T> type, String kind) {
    Object value = json.getValue(name);
    if (value != null && !type.isInstance(value)) {
      throw Failure.BAD_REQUEST.because(name + " must be " + kind + ", was " + value);
    }
    return type.cast(value);
  }
}
