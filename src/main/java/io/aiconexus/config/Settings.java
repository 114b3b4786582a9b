package io.aiconexus.config;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every setting there is, with its kind, by dotted key and by the name of its environment variable. */
final class Settings {

  static final String VARIABLE_PREFIX = "AICONEXUS_";

  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Map<String, String> keys = new LinkedHashMap<>();

  /** Reads the settings out of the defaults; an empty object there is a setting whose keys are free. */
  Settings(JsonObject defaults) {
    collect("", defaults);
    for (String key : kinds.keySet()) {
      String other = keys.put(variable(key), key);
      if (other != null) {
        throw new IllegalArgumentException(key + " and " + other + " would share the variable " + variable(key));
      }
    }
  }

  Optional<Kind> kind(String key) {
    return Optional.ofNullable(kinds.get(key));
  }

  /** Whether {@code path} is an object whose settings have names of their own. */
  boolean hasBelow(String path) {
    return kinds.keySet().stream().anyMatch(key -> key.startsWith(path + "."));
  }

  Optional<String> keyOfVariable(String variable) {
    return Optional.ofNullable(keys.get(variable));
  }

  /** The known key most like {@code key}, when one is like it at all. */
  Optional<String> closestKey(String key) {
    return Spelling.closest(key, kinds.keySet());
  }

  Optional<String> closestVariable(String variable) {
    return Spelling.closest(variable, keys.keySet());
  }

  private static String variable(String key) {
    return VARIABLE_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private void collect(String prefix, JsonObject section) {
    for (Map.Entry<String, Object> entry : section) {
      String key = prefix + entry.getKey();
      if (entry.getValue() instanceof JsonObject inner && !inner.isEmpty()) {
        collect(key + ".", inner);
      } else {
        kinds.put(key, Kind.of(entry.getValue()));
      }
    }
  }
}
