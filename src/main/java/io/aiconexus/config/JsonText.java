package io.aiconexus.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** Reads a file of settings so that a mistake in it can be found: strict JSON (RFC 8259), no key twice. */
final class JsonText {

  private static final JsonFactory JSON =
    JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private JsonText() {
  }

  static JsonObject parse(String file, String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ConfigurationException(file + " must hold one JSON object: { ... }");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw mistake(file, parser.currentTokenLocation(), "there is more after the object");
      }
      return new JsonObject(text);
    } catch (JsonProcessingException e) {
      throw mistake(file, e.getLocation(), e.getOriginalMessage().lines().findFirst().orElse("this is not JSON"));
    } catch (IOException e) {
      throw new IllegalStateException("reading from a string cannot fail", e);
    }
  }

  private static ConfigurationException mistake(String file, JsonLocation at, String message) {
    String where = at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new ConfigurationException(file + where + ": " + message);
  }
}
