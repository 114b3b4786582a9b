package io.aiconexus.protocol;

import static io.aiconexus.protocol.ProtocolException.malformed;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads the fields of one payload strictly: a wrong type or length is named with its rule. */
final class Fields {

  private final String path;
  private final JsonObject json;

  /** The fields of a payload. */
  Fields(JsonObject json) {
    this("payload.", json);
  }

  /** The fields of an object; {@code path} comes before their names in messages, with its dot. */
  Fields(String path, JsonObject json) {
    this.path = path;
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
      throw malformed(path + name + " is missing");
    }
    if (value.length() < min) {
      throw malformed(path + name + " must have at least " + min + " characters");
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
      throw malformed(path + name + " must be a string");
    }
    if (text.length() > max) {
      throw malformed(path + name + " must have at most " + max + " characters");
    }
    return text;
  }

  String id(String name) {
    String value = string(name, 1, Limits.ID_LENGTH);
    if (!isId(value)) {
      throw malformed(path + name + " must be 1 to " + Limits.ID_LENGTH + " characters of A-Za-z0-9._:-");
    }
    return value;
  }

  /** An optional string of at most {@code max} characters that is Base64 with its padding (RFC 4648, section 4). */
  String base64OrNull(String name, int max) {
    String text = stringOrNull(name, max);
    if (text != null && !isBase64(text)) {
      throw malformed(path + name + " must be Base64 (RFC 4648, section 4, padded)");
    }
    return text;
  }

  private static boolean isBase64(String text) {
    try {
      return Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)).equals(text);
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  /** A required integer of {@code min} to {@code max}. */
  long integer(String name, long min, long max) {
    Long value = integerOrNull(name, min, max);
    if (value == null) {
      throw malformed(path + name + " is missing");
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
      throw malformed(path + name + " must be an integer of " + min + " to " + max);
    }
    return number;
  }

  /** A required true or false. */
  boolean flag(String name) {
    if (json.getValue(name) == null) {
      throw malformed(path + name + " is missing");
    }
    return flag(name, false);
  }

  boolean flag(String name, boolean otherwise) {
    Object value = json.getValue(name);
    if (value == null) {
      return otherwise;
    }
    if (!(value instanceof Boolean flag)) {
      throw malformed(path + name + " must be true or false");
    }
    return flag;
  }

  /** A required object. */
  JsonObject object(String name) {
    JsonObject object = objectOrNull(name);
    if (object == null) {
      throw malformed(path + name + " is missing");
    }
    return object;
  }

  /** An optional object; null when absent or null. */
  JsonObject objectOrNull(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonObject object)) {
      throw malformed(path + name + " must be an object");
    }
    return object;
  }

  /** A required array. */
  JsonArray array(String name) {
    Object value = json.getValue(name);
    if (value == null) {
      throw malformed(path + name + " is missing");
    }
    if (!(value instanceof JsonArray array)) {
      throw malformed(path + name + " must be an array");
    }
    return array;
  }

  /** An optional array of strings, each of 1 to {@code length} characters; empty when absent or null. */
  List<String> strings(String name, int count, int length) {
    JsonArray array = json.getValue(name) == null ? new JsonArray() : array(name);
    if (array.size() > count) {
      throw malformed(path + name + " must have at most " + count + " entries");
    }
    List<String> strings = new ArrayList<>(array.size());
    for (Object entry : array) {
      if (!(entry instanceof String text) || text.isEmpty() || text.length() > length) {
        throw malformed(path + name + " must hold strings of 1 to " + length + " characters");
      }
      strings.add(text);
    }
    return List.copyOf(strings);
  }

  JsonObject all() {
    return json;
  }

  /** A required field with any JSON value, null included. */
  Object any(String name) {
    if (!json.containsKey(name)) {
      throw malformed(path + name + " is missing");
    }
    return json.getValue(name);
  }
}
