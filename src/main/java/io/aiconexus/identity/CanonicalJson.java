package io.aiconexus.identity;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;

/** The one form of a JSON text that everybody signs: the JSON Canonicalization Scheme (RFC 8785). Pure; any thread. */
public final class CanonicalJson {

  private CanonicalJson() {
  }

  /** The canonical UTF-8 bytes of {@code json}. */
  public static byte[] encode(JsonObject json) {
    return encode(json.encode());
  }

  /**
   * The canonical UTF-8 bytes of a JSON text.
   *
   * @throws IllegalArgumentException when it is not I-JSON (RFC 7493): malformed, a duplicate key, a number out of range
   */
  public static byte[] encode(String json) {
    try {
      return new JsonCanonicalizer(json).getEncodedUTF8();
    } catch (IOException e) {
      throw new IllegalArgumentException("not canonicalizable JSON: " + e.getMessage(), e);
    }
  }
}
