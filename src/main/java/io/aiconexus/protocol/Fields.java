package io.aiconexus.protocol;

import static io.aiconexus.protocol.ProtocolException.malformed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of one payload strictly: a wrong type or length is named with its rule. */
final class Fields {

  private final JsonObject json;

  Fields(JsonObject json) {
    this.json = json;
  }

  static boolean isId(String value) {
    int length = value.length();
    if (length == 0 || length > Limits.ID_LENGTH) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      boolean allowed = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z'
        || c == '-' || c == '.' || c == '_' || c == ':';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  /** A required string of {@code min} to {@code max} characters. */
  String string(String name, int min, int max) {
    String value = stringOrNull(name, max);
    if (value == null) {
      throw malformed("payload." + name + " is missing");
    }
    if (value.length() < min) {
      throw malformed("payload." + name + " must have at least " + min + " characters");
    }
    return value;
  }

  /** An optional string of at most {@code max} characters; null when absent or null. */
  String stringOrNull(String name, int max) {
    Object value = json.getValue(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      throw malformed("payload." + name + " must be a string");
    }
    if (text.length() > max) {
      throw malformed("payload." + name + " must have at most " + max + " characters");
    }
    return text;
  }

  String id(String name) {
    String value = string(name, 1, Limits.ID_LENGTH);
    if (!isId(value)) {
      throw malformed("payload." + name + " must be 1 to " + Limits.ID_LENGTH + " characters of A-Za-z0-9._:-");
    }
    return value;
  }

  /** A required integer of {@code min} to {@code max}. */
  long integer(String name, long min, long max) {
    Long value = integerOrNull(name, min, max);
    if (value == null) {
      throw malformed("payload." + name + " is missing");
    }
    return value;
  }

  /** An optional integer of {@code min} to {@code max}; null when absent or null. */
  Long integerOrNull(String name, long min, long max) {
    Object value = json.getValue(name);
    if (value == null) {
      return null;
    }
    boolean integer = value instanceof Integer || value instanceof Long;
    long number = integer ? ((Number) value).longValue() : 0;
    if (!integer || number < min || number > max) {
      throw malformed("payload." + name + " must be an integer of " + min + " to " + max);
    }
    return number;
  }

  boolean flag(String name, boolean otherwise) {
    Object value = json.getValue(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Boolean flag)) {
      throw malformed("payload." + name + " must be true or false");
    }
    return flag;
  }

  /** An optional object; an empty one when absent or null. */
  JsonObject object(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return new JsonObject();
    }
    if (!(value instanceof JsonObject object)) {
      throw malformed("payload." + name + " must be an object");
    }
    return object;
  }

  /** An optional array of objects; empty when absent or null. */
  JsonArray array(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return new JsonArray();
    }
    if (!(value instanceof JsonArray array)) {
      throw malformed("payload." + name + " must be an array");
    }
    return array;
  }

  /** An optional array of distinct strings, each of 1 to {@code length} characters; empty when absent. */
  List<String> strings(String name, int count, int length) {
    JsonArray array = array(name);
    if (array.size() > count) {
      throw malformed("payload." + name + " must have at most " + count + " entries");
    }
    List<String> strings = new ArrayList<>(array.size());
    for (Object entry : array) {
      if (!(entry instanceof String text) || text.isEmpty() || text.length() > length) {
        throw malformed("payload." + name + " must hold strings of 1 to " + length + " characters");
      }
      strings.add(text);
    }
    return List.copyOf(strings);
  }

  JsonObject all() {
    return json;
  }

  /** Any JSON value; null when absent. */
  Object any(String name) {
    return json.getValue(name);
  }
}
