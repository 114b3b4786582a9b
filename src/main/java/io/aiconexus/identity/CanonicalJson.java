package io.aiconexus.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;

/** The one form of a JSON text that everybody signs: the JSON Canonicalization Scheme (RFC 8785). Pure; any thread. */
public final class CanonicalJson {

  private static final JsonFactory STRICT = JsonFactory.builder()
    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private CanonicalJson() {
  }

  /**
   * The canonical UTF-8 bytes of {@code json}.
   *
   * @throws IllegalArgumentException when it is not I-JSON (RFC 7493): half a surrogate pair, a number that is not
   *     finite; or when it is nested deeper than 1,000 levels
   */
  public static byte[] encode(JsonObject json) {
    String text;
    try {
      text = json.encode();
    } catch (EncodeException e) {
      throw refused(e.getMessage(), e);
    }
    refuseNonFinite(json);
    return canonicalize(text);
  }

  /**
   * The canonical UTF-8 bytes of a JSON text.
   *
   * @throws IllegalArgumentException when it is not I-JSON (RFC 7493): malformed, a duplicate key, half a surrogate
   *     pair, a number beyond the range of a double; or when it is nested deeper than 1,000 levels
   */
  public static byte[] encode(String json) {
    refuseMalformed(json);
    return canonicalize(json);
  }

  private static byte[] canonicalize(String json) {
    try {
      String canonical = new JsonCanonicalizer(json).getEncodedString();
      refuseHalfPairs(canonical);
      return canonical.getBytes(UTF_8);
    } catch (IOException e) {
      throw refused(e.getMessage(), e);
    }
  }

  /** The canonicalizer lets texts pass that are nearly JSON, such as 01, and recurses as deep as they nest. */
  private static void refuseMalformed(String json) {
    try (JsonParser parser = STRICT.createParser(json)) {
      boolean values = false;
      while (parser.nextToken() != null) {
        values = true;
      }
      if (!values) {
        throw refused("it is empty", null);
      }
    } catch (IOException e) {
      throw refused(e.getMessage(), e);
    }
  }

  /** A JSON encoder writes these as the strings "NaN" and "Infinity": another value than the one that was meant. */
  private static void refuseNonFinite(Object value) {
    if (value instanceof JsonObject object) {
      object.getMap().values().forEach(CanonicalJson::refuseNonFinite);
    } else if (value instanceof JsonArray array) {
      array.getList().forEach(CanonicalJson::refuseNonFinite);
    } else if (value instanceof Map<?, ?> map) {
      map.values().forEach(CanonicalJson::refuseNonFinite);
    } else if (value instanceof Collection<?> collection) {
      collection.forEach(CanonicalJson::refuseNonFinite);
    } else if ((value instanceof Double || value instanceof Float)
      && !Double.isFinite(((Number) value).doubleValue())) {
      throw refused("the number " + value + " is not finite", null);
    }
  }

  /** UTF-8 has no form for half a pair; every one of them would become the same "?" and have the same signature. */
  private static void refuseHalfPairs(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair = Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw refused("half a surrogate pair is not a character (RFC 7493, section 2.1)", null);
        }
        i++;
      }
    }
  }

  private static IllegalArgumentException refused(String why, Exception cause) {
    return new IllegalArgumentException("not canonicalizable JSON: " + why, cause);
  }
}
