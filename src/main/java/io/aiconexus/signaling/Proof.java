package io.aiconexus.signaling;

import io.aiconexus.protocol.Challenge;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Register;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What one socket is asked to prove: its nonce is good for one REGISTER, on this socket, until it expires. */
final class Proof {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SECRET_BYTES = 18;
  /** The session ends with the lifetime; later comes only what a gateway that stood still reads late, in vain else. */
  private static final int LENIENCE = 4;

  private final String nonce = secret();
  private final Duration lifetime;
  private final long bornNanos;
  private final LongSupplier nanos;
  private final Predicate<String> audiences;
  private boolean used;

  /**
   * A fresh challenge.
   *
   * @param lifetime how long the nonce is good
   * @param audiences which names of this gateway are true ones
   */
  Proof(Duration lifetime, Predicate<String> audiences, LongSupplier nanos) {
    this.lifetime = lifetime;
    this.audiences = audiences;
    this.nanos = nanos;
    this.bornNanos = nanos.getAsLong();
  }

  /** 144 random bits as 24 URL-safe characters: nonces and resume tokens. */
  static String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  Challenge challenge() {
    return new Challenge(nonce, lifetime.toMillis());
  }

  /** Accepts a REGISTER that proves its sender's DID; throws {@link Refused} with the reason otherwise. */
  void check(Envelope envelope, Register register) {
    boolean fresh = !used && nanos.getAsLong() - bornNanos <= LENIENCE * lifetime.toNanos();
    used = true;
    require(register.nonce().equals(nonce), "the nonce is not the one of this session's CHALLENGE", envelope);
    require(fresh, "the nonce is used or expired", envelope);
    require(audiences.test(register.audience()), "the audience is not this gateway; it must be the host and port of "
      + "the URL that you dialled, and be listed in signaling.audiences", envelope);
    require(register.publicKey().equals(envelope.from().publicKeyBase58()), "public_key does not match from", envelope);
    require(envelope.verifies(), "the signature does not verify", envelope);
  }

  private static void require(boolean holds, String otherwise, Envelope envelope) {
    if (!holds) {
      throw Refused.andClose(CloseCode.NOT_AUTHENTICATED, ErrorCode.INVALID_SIGNATURE, otherwise, envelope.id());
    }
  }
}
