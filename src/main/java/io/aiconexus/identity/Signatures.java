package io.aiconexus.identity;

import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * Signs messages and tells whether a signature is its sender's.
 * <p>
 * What is signed is the whole message without its {@code signature} field, in RFC 8785 canonical form. Pure; any
 * thread.
 */
public final class Signatures {

  /** The field that carries the signature and is not covered by it. */
  public static final String FIELD = "signature";

  private Signatures() {
  }

  /**
   * Puts the signature of {@code key} into {@code message}, replacing one that is there, and returns the same object.
   */
  public static JsonObject sign(JsonObject message, AgentKey key) {
    message.remove(FIELD);
    return message.put(FIELD, Base64.getEncoder().encodeToString(key.sign(CanonicalJson.encode(message))));
  }

  /**
   * Whether {@code message} carries a signature over all the rest of it by the key inside {@code sender}.
   * <p>
   * False for a missing, malformed or wrong signature, and for a message that has no canonical form. The message is not
   * changed.
   */
  public static boolean verify(JsonObject message, Did sender) {
    byte[] signature = signatureOf(message);
    if (signature == null) {
      return false;
    }
    JsonObject signed = new JsonObject(new LinkedHashMap<>(message.getMap()));
    signed.remove(FIELD);
    try {
      byte[] bytes = CanonicalJson.encode(signed);
      return Ed25519.verify(signature, 0, sender.key(), 0, bytes, 0, bytes.length);
    } catch (IllegalArgumentException nothingToSign) {
      return false;
    }
  }

  private static byte[] signatureOf(JsonObject message) {
    if (!(message.getValue(FIELD) instanceof String text) || text.length() != 88) {
      return null;
    }
    try {
      byte[] signature = Base64.getDecoder().decode(text);
      boolean canonical = signature.length == Ed25519.SIGNATURE_SIZE
        && Base64.getEncoder().encodeToString(signature).equals(text);
      return canonical ? signature : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
