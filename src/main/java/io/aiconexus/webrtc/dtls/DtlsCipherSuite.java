package io.aiconexus.webrtc.dtls;

import java.util.Arrays;

import org.bouncycastle.tls.CipherSuite;

/**
 * What protects the records, in the order of preference: AES before ChaCha20, as processors have it built in. RFC 8827,
 * section 6.5 demands the first; all have forward secrecy, authenticate with ECDSA and encrypt with authentication.
 */
public enum DtlsCipherSuite {
  TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
  TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384(CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384),
  TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256(CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256);

  private final int code;

  DtlsCipherSuite(int code) {
    this.code = code;
  }

  static int[] codes() {
    return Arrays.stream(values()).mapToInt(suite -> suite.code).toArray();
  }

  static DtlsCipherSuite of(int code) {
    return Arrays.stream(values()).filter(suite -> suite.code == code).findFirst()
      .orElseThrow(() -> new IllegalArgumentException("never offered cipher suite " + Integer.toHexString(code)));
  }
}
