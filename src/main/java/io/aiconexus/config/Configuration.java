package io.aiconexus.config;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The settings of one node, merged from where they may come from: defaults, a file, the environment, system properties,
 * the command line; each overrides the one before.
 * <p>
 * The defaults name every setting, so whatever they do not know is refused, with the known name that is closest. Texts
 * become what the default is: a whole number, a fraction (its default is written with a point: 1.0), true or false, a
 * list (values separated by commas, or JSON); a default of null stands for an optional text, an empty object for one
 * whose keys are free. Immutable. Every failure is a
 * {@link ConfigurationException} of one line that says where the value came from.
 */
public final class Configuration {

  private static final String DEFAULTS = "/io/aiconexus/aiconexus.json";
  private static final String PROPERTY_PREFIX = "aiconexus.";
  private static final String FILE_SUFFIX = "_FILE";
  /** What the launcher and the log are told this way; no settings of a node. */
  private static final Set<String> OTHER_VARIABLES =
    Set.of("AICONEXUS_CONFIG", "AICONEXUS_JAVA_OPTS", "AICONEXUS_LOG_FORMAT", "AICONEXUS_LOG_LEVEL",
      "AICONEXUS_NO_INSTALL");
  private static final Set<String> OTHER_PROPERTIES = Set.of("aiconexus.log.format", "aiconexus.log.level");

  private final Settings settings;
  private final JsonObject json;

  private Configuration(Settings settings, JsonObject json) {
    this.settings = settings;
    this.json = json;
  }

  /** The defaults that come with AIConexus; {@code conf/aiconexus.json} lists them. */
  public static Configuration defaults() {
    try (InputStream in = Configuration.class.getResourceAsStream(DEFAULTS)) {
      if (in == null) {
        throw new IllegalStateException(DEFAULTS + " is not on the class path");
      }
      return of(JsonText.parse(DEFAULTS, new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A configuration that knows the settings of {@code defaults}, and nothing else. */
  public static Configuration of(JsonObject defaults) {
    return new Configuration(new Settings(defaults), defaults.copy());
  }

  /**
   * What this process is told: the defaults, then {@code file} (or the one that {@code AICONEXUS_CONFIG} names), this
   * process's environment and system properties, and {@code commandLine} (dotted keys). Blocking.
   *
   * @param file the configuration file, or null
   */
  public static Configuration load(Path file, Map<String, String> commandLine) {
    String named = System.getenv("AICONEXUS_CONFIG");
    Path chosen = file == null && named != null && !named.isBlank() ? Path.of(named) : file;
    Configuration base = chosen == null ? defaults() : defaults().withFile(chosen.toString(), TextFile.read(chosen));
    return base.withEnvironment(System.getenv()).withProperties(System.getProperties()).withCommandLine(commandLine);
  }

  /** Overrides with the JSON object in {@code text}; {@code name} is what messages call the file. */
  public Configuration withFile(String name, String text) {
    JsonObject merged = json.copy();
    merge(name, "", JsonText.parse(name, text), merged);
    return new Configuration(settings, merged);
  }

  /**
   * Overrides with the variables called {@code AICONEXUS_} and the key in upper case, its parts joined by {@code _}.
   * <p>
   * A variable whose name has {@code _FILE} added names a file that holds the value (a line break at its end does not
   * count), for secrets. Blocking when there is one.
   */
  public Configuration withEnvironment(Map<String, String> environment) {
    JsonObject merged = json.copy();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      boolean ours = name.startsWith(Settings.VARIABLE_PREFIX) && !OTHER_VARIABLES.contains(name)
        && !ServiceLinks.isOne(name, variable.getValue(), environment);
      if (ours) {
        applyVariable(name, variable.getValue(), environment, merged);
      }
    }
    return new Configuration(settings, merged);
  }

  /** Overrides with the properties called {@code aiconexus.} and the key. */
  public Configuration withProperties(Properties properties) {
    JsonObject merged = json.copy();
    for (String name : new TreeSet<>(properties.stringPropertyNames())) {
      if (name.startsWith(PROPERTY_PREFIX) && !OTHER_PROPERTIES.contains(name)) {
        String key = name.substring(PROPERTY_PREFIX.length());
        put(merged, key, text("-D" + name, key, properties.getProperty(name)));
      }
    }
    return new Configuration(settings, merged);
  }

  /** Overrides with dotted keys and their values as texts. */
  public Configuration withCommandLine(Map<String, String> values) {
    JsonObject merged = json.copy();
    values.forEach((key, value) -> put(merged, key, text(key, key, value)));
    return new Configuration(settings, merged);
  }

  /** Everything, as one object in the shape of {@code conf/aiconexus.json}; a copy. */
  public JsonObject toJson() {
    return json.copy();
  }

  private void merge(String file, String prefix, JsonObject from, JsonObject into) {
    for (Map.Entry<String, Object> entry : from) {
      String key = prefix + entry.getKey();
      Object value = entry.getValue();
      if (settings.hasBelow(key)) {
        if (!(value instanceof JsonObject inner)) {
          throw wrong(file + ": " + key, Kind.OBJECT, String.valueOf(value));
        }
        merge(file, key + ".", inner, into);
      } else {
        Kind kind = settings.kind(key).orElseThrow(() -> unknown(file + ": " + key, settings.closestKey(key)));
        if (value != null && !kind.accepts(value)) {
          throw wrong(file + ": " + key, kind,
            Secrets.shown(key, value instanceof String ? "\"" + value + "\"" : String.valueOf(value)));
        }
        if (value != null) {
          put(into, key, value);
        }
      }
    }
  }

  private void applyVariable(String name, String value, Map<String, String> environment, JsonObject merged) {
    Optional<String> key = settings.keyOfVariable(name);
    if (key.isPresent()) {
      put(merged, key.get(), text(name, key.get(), value));
      return;
    }
    String plain = name.endsWith(FILE_SUFFIX) ? name.substring(0, name.length() - FILE_SUFFIX.length()) : name;
    String secret = settings.keyOfVariable(plain)
      .orElseThrow(() -> unknown(name, settings.closestVariable(plain)));
    if (environment.containsKey(plain)) {
      throw new ConfigurationException(plain + " and " + name + " are both set; one of them must go");
    }
    put(merged, secret, secret(name, secret, Path.of(value)));
  }

  private Object text(String source, String key, String text) {
    Kind kind = settings.kind(key).orElseThrow(() -> settings.hasBelow(key)
      ? new ConfigurationException(source + " has settings of its own; name one of them")
      : unknown(source, settings.closestKey(key).map(close -> source.replace(key, close))));
    try {
      return kind.fromText(text);
    } catch (IllegalArgumentException e) {
      throw wrong(source, kind, Secrets.shown(key, "\"" + text + "\""));
    }
  }

  private Object secret(String name, String key, Path file) {
    Kind kind = settings.kind(key).orElseThrow();
    try {
      return kind.fromText(TextFile.read(file).replaceFirst("\\R\\z", ""));
    } catch (ConfigurationException e) {
      throw new ConfigurationException(name + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw wrong(name, kind, "what " + file + " holds");
    }
  }

  private static void put(JsonObject into, String key, Object value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      into.put(key, value);
    } else {
      put(into.getJsonObject(key.substring(0, dot)), key.substring(dot + 1), value);
    }
  }

  private static ConfigurationException wrong(String what, Kind kind, String value) {
    return new ConfigurationException(what + " must be " + kind.phrase() + ", was " + value);
  }

  private static ConfigurationException unknown(String what, Optional<String> closest) {
    return new ConfigurationException(what + " is not a setting; "
      + closest.map(name -> "did you mean " + name + "?").orElse("conf/aiconexus.json lists all there are"));
  }
}
