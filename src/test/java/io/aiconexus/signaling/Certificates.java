package io.aiconexus.signaling;

import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A throw-away certificate for loopback, as PEM files. */
record Certificates(Path cert, Path key) {

  static Certificates in(Path directory) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    X500Name name = new X500Name("CN=localhost");
    X509CertificateHolder holder = new JcaX509v3CertificateBuilder(name, BigInteger.ONE,
      Date.from(Instant.now().minusSeconds(60)), Date.from(Instant.now().plusSeconds(3600)), name, pair.getPublic())
      .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
    Certificates files = new Certificates(directory.resolve("cert.pem"), directory.resolve("key.pem"));
    Files.writeString(files.cert, pem("CERTIFICATE", holder.getEncoded()));
    Files.writeString(files.key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    return files;
  }

  JsonObject settings() {
    return new JsonObject().put("cert_file", cert.toString()).put("key_file", key.toString());
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
      + "\n-----END " + label + "-----\n";
  }
}
