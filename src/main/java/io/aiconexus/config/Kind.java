package io.aiconexus.config;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;

/** What values a setting takes, told by its default; a default of null takes an optional text. */
enum Kind {

  TEXT("a text"),
  WHOLE("a whole number"),
  NUMBER("a number"),
  FLAG("true or false"),
  LIST("a list: values separated by commas, or JSON"),
  OBJECT("an object"),
  OPTIONAL("a text");

  private final String phrase;

  Kind(String phrase) {
    this.phrase = phrase;
  }

  static Kind of(Object value) {
    if (value == null) {
      return OPTIONAL;
    } else if (value instanceof Boolean) {
      return FLAG;
    } else if (value instanceof Integer || value instanceof Long) {
      return WHOLE;
    } else if (value instanceof Number) {
      return NUMBER;
    } else if (value instanceof JsonArray) {
      return LIST;
    }
    return value instanceof JsonObject ? OBJECT : TEXT;
  }

  /** What a value must be, for messages: {@code must be ...}. */
  String phrase() {
    return phrase;
  }

  /** Whether a value from JSON is of this kind; an optional one may be any scalar, the reader of it decides. */
  boolean accepts(Object value) {
    Kind given = of(value);
    return switch (this) {
      case OPTIONAL -> given != OBJECT && given != LIST;
      case NUMBER -> given == NUMBER || given == WHOLE;
      default -> given == this;
    };
  }

  /**
   * The value that a text stands for.
   *
   * @throws IllegalArgumentException when it stands for none of this kind
   */
  Object fromText(String text) {
    return switch (this) {
      case TEXT, OPTIONAL -> text;
      case WHOLE -> whole(text.strip());
      case NUMBER -> number(text.strip());
      case FLAG -> flag(text.strip());
      case LIST -> list(text.strip());
      case OBJECT -> json(text, JsonObject.class);
    };
  }

  private static Number whole(String text) {
    long number = Long.parseLong(text);
    if (number == (int) number) {
      return (int) number;
    }
    return number;
  }

  private static Double number(String text) {
    double number = Double.parseDouble(text);
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(text);
    }
    return number;
  }

  private static Boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static JsonArray list(String text) {
    if (text.startsWith("[")) {
      return json(text, JsonArray.class);
    }
    return text.isEmpty() ? new JsonArray() : new JsonArray(Arrays.stream(text.split(",")).map(String::strip).toList());
  }

  private static <T> T json(String text, Class<T> type) {
    try {
      Object value = Json.decodeValue(text);
      if (type.isInstance(value)) {
        return type.cast(value);
      }
      throw new IllegalArgumentException(text);
    } catch (DecodeException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
