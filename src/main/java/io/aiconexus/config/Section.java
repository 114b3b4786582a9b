package io.aiconexus.config;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One object of the configuration, read strictly: wrong types and unknown keys are refused by name.
 * <p>
 * Read every key, then {@link #end}. Failures are {@link ConfigurationException}s. Ranges are the business of the
 * options record that is built from it; {@link #check} phrases them.
 */
public final class Section {

  /** Characters of a wrong value that a message shows. */
  private static final int SHOWN_LENGTH = 80;

  private final String path;
  private final JsonObject json;
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String path, JsonObject json) {
    this.path = path;
    this.json = json;
  }

  /** The section called {@code path}, for messages, with what {@code json} holds; null counts as empty. */
  public static Section of(String path, JsonObject json) {
    return new Section(path, json == null ? new JsonObject() : json);
  }

  /** A text. */
  public String string(String key, String otherwise) {
    return read(key, String.class, "a text", otherwise);
  }

  /** A whole number. */
  public int integer(String key, int otherwise) {
    return Math.toIntExact(whole(key, otherwise, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  /** A whole number, or null when absent. */
  public Integer optionalInteger(String key) {
    known.add(key);
    return json.getValue(key) == null ? null : Integer.valueOf(integer(key, 0));
  }

  /** A whole number of any size that fits 64 bits. */
  public long number(String key, long otherwise) {
    return whole(key, otherwise, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** A number that need not be whole. */
  public double decimal(String key, double otherwise) {
    return read(key, Number.class, "a number", (Number) otherwise).doubleValue();
  }

  /** A duration in milliseconds; {@code key} ends in {@code _ms}. */
  public Duration millis(String key, Duration otherwise) {
    return Duration.ofMillis(whole(key, otherwise.toMillis(), Long.MIN_VALUE, Long.MAX_VALUE));
  }

  /** True or false. */
  public boolean flag(String key, boolean otherwise) {
    return read(key, Boolean.class, "true or false", otherwise);
  }

  /** A list of texts. */
  public List<String> strings(String key, List<String> otherwise) {
    JsonArray array = read(key, JsonArray.class, "a list of texts", null);
    if (array == null) {
      return otherwise;
    }
    List<String> strings = new ArrayList<>();
    for (Object entry : array) {
      if (!(entry instanceof String text)) {
        throw wrong(key, "a list of texts", array);
      }
      strings.add(text);
    }
    return List.copyOf(strings);
  }

  /** A list of objects. */
  public List<JsonObject> objects(String key) {
    JsonArray array = read(key, JsonArray.class, "a list of objects", new JsonArray());
    List<JsonObject> objects = new ArrayList<>();
    for (Object entry : array) {
      if (!(entry instanceof JsonObject object)) {
        throw wrong(key, "a list of objects", array);
      }
      objects.add(object);
    }
    return List.copyOf(objects);
  }

  /** An object within this one; empty when absent. */
  public Section section(String key) {
    JsonObject inner = read(key, JsonObject.class, "an object", new JsonObject());
    return of(name(key), inner);
  }

  /** Refuses every key that was not asked for. */
  public void end() {
    for (String key : json.fieldNames()) {
      if (!known.contains(key)) {
        throw new ConfigurationException(name(oneLine(key)) + " is not a setting; "
          + (path.isEmpty() ? "the top level" : path) + " has: " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /** Checks one rule of an options record: {@code key must rule, was value}. */
  public static void check(boolean holds, String key, String rule, Object value) {
    if (!holds) {
      throw new ConfigurationException(key + " must be " + rule + ", was " + value);
    }
  }

  private long whole(String key, long otherwise, long min, long max) {
    Number number = read(key, Number.class, "a whole number", (Number) otherwise);
    boolean fits = number instanceof Integer || number instanceof Long;
    if (!fits && !(number instanceof BigInteger)) {
      throw wrong(key, "a whole number", number);
    }
    if (!fits || number.longValue() < min || number.longValue() > max) {
      throw wrong(key, "a whole number of " + min + " to " + max, number);
    }
    return number.longValue();
  }

  private <T> T read(String key, Class<T> type, String kind, T otherwise) {
    known.add(key);
    Object value = json.getValue(key);
    if (value == null) {
      return otherwise;
    }
    if (!type.isInstance(value)) {
      throw wrong(key, kind, value);
    }
    return type.cast(value);
  }

  private ConfigurationException wrong(String key, String kind, Object value) {
    String shown = Json.encode(value);
    String cut = shown.length() <= SHOWN_LENGTH ? shown : shown.substring(0, SHOWN_LENGTH) + "...";
    return new ConfigurationException(name(key) + " must be " + kind + ", was " + cut);
  }

  private static String oneLine(String key) {
    return key.replaceAll("\\p{Cntrl}", "?");
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
