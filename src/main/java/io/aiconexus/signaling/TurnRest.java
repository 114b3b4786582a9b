package io.aiconexus.signaling;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.IceServer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes credentials for a TURN server that shares a secret (draft-uberti-behave-turn-rest-00): the user name is the
 * time at which they end and a salted hash of the DID, the password an HMAC-SHA1 of that name. Pure: the time is a
 * parameter.
 */
final class TurnRest {

  /** Bytes of the hash that are kept: enough that no two agents share a name, short enough for logs. */
  private static final int NAME_BYTES = 16;

  private final TurnRestOptions options;

  TurnRest(TurnRestOptions options) {
    this.options = options;
  }

  /** The servers, with credentials for {@code did} that are valid from now on, by milliseconds since 1970. */
  IceServer serverFor(Did did, long nowMillis) {
    long ends = TimeUnit.MILLISECONDS.toSeconds(nowMillis) + options.ttl().toSeconds();
    String user = ends + ":" + nameOf(did);
    return new IceServer(options.urls(), user,
      Base64.getEncoder().encodeToString(hmac("HmacSHA1", options.secrets().get(0), user)));
  }

  /** The same for each credential of an agent, so that a server's quota counts agents. */
  private String nameOf(Did did) {
    String salt = options.salt().isEmpty() ? options.secrets().get(0) : options.salt();
    return HexFormat.of().formatHex(Arrays.copyOf(hmac("HmacSHA256", salt, did.toString()), NAME_BYTES));
  }

  private static byte[] hmac(String algorithm, String key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), algorithm));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
