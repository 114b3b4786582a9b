package io.aiconexus.signaling;

import static io.aiconexus.config.Section.check;

import io.aiconexus.config.ConfigurationException;
import io.aiconexus.config.Section;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The certificate with which a gateway listens; without one it speaks plain WebSocket, for loopback or behind a proxy.
 *
 * @param certFile PEM file with the certificate chain, the gateway's own certificate first
 * @param keyFile PEM file with its private key (PKCS#8 or PKCS#1), not encrypted
 */
public record TlsOptions(String certFile, String keyFile) {

  /** Checks that both are named; fails with a {@link ConfigurationException}. */
  public TlsOptions {
    check(!certFile.isEmpty(), "signaling.tls.cert_file", "named when signaling.tls.key_file is", "\"\"");
    check(!keyFile.isEmpty(), "signaling.tls.key_file", "named when signaling.tls.cert_file is", "\"\"");
  }

  /** Fails with one line that names the setting when a file cannot be read. */
  void checkReadable() {
    readable("signaling.tls.cert_file", certFile);
    readable("signaling.tls.key_file", keyFile);
  }

  private static void readable(String key, String file) {
    check(Files.isReadable(Path.of(file)), key, "a readable PEM file", "\"" + file + "\"");
  }

  /** The certificate of the section, or null when it names neither file. */
  static TlsOptions from(Section section) {
    String certFile = section.string("cert_file", "");
    String keyFile = section.string("key_file", "");
    section.end();
    return certFile.isEmpty() && keyFile.isEmpty() ? null : new TlsOptions(certFile, keyFile);
  }
}
