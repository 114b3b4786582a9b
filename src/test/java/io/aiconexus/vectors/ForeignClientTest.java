package io.aiconexus.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.Did;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vectors against code that is not ours: a client in Python that was written from the document, and OpenSSL. */
class ForeignClientTest {

  private static final Path CLIENT = Path.of("src/test/clients/python/ioap_client.py");
  /** SubjectPublicKeyInfo of RFC 8410, section 4, up to the 32 bytes of the key. */
  private static final byte[] PUBLIC_KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  @TempDir
  Path directory;

  @Test
  void aClientInPythonAgreesWithEveryVector() throws Exception {
    Output output = run("/usr/bin/python3", CLIENT.toString(), "vectors", Vectors.DIRECTORY.toString());

    assertThat(output.exitCode)
      .as("%s%nIt needs Debian's python3 and python3-cryptography: apt-get install python3-cryptography",
      output.text).isZero();
    JsonObject result = new JsonObject(output.text);
    assertThat(result.getJsonArray("failures")).isEmpty();
    assertThat(result.getBoolean("ok")).isTrue();
    assertThat(result.getInteger("checks")).isGreaterThan(200);
  }

  @Test
  void aClientInPythonNoticesADamagedVector() throws Exception {
    for (Path file
      : List.of(Path.of("did-key.json"), Path.of("ed25519.json"), Path.of("jcs.json"), Path.of("messages.json"))) {
      Files.copy(Vectors.DIRECTORY.resolve(file), directory.resolve(file));
    }
    Path messages = directory.resolve("messages.json");
    Files.writeString(messages, Files.readString(messages)
      .replaceFirst("more than 100 messages", "more than 200 messages"));

    Output output = run("/usr/bin/python3", CLIENT.toString(), "vectors", directory.toString());

    assertThat(output.exitCode).as(output.text).isEqualTo(1);
    assertThat(output.text).contains("\"ok\": false").contains("an error");
  }

  @Test
  void opensslVerifiesTheSignatureOfEveryGoodMessage() throws Exception {
    List<JsonObject> good = VectorsTest.good().filter(one -> one.getString("signature") != null).toList();
    assertThat(good).hasSizeGreaterThan(20);
    for (JsonObject one : good) {
      Path key = Files.write(directory.resolve("key.der"),
        publicKey(new JsonObject(one.getString("text")).getString("from")));
      Path data = Files.writeString(directory.resolve("data"), one.getString("canonical"));
      Path signature = Files.write(directory.resolve("signature"), Base64.getDecoder()
        .decode(one.getString("signature")));

      Output output = run("openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", key.toString(),
        "-rawin",
        "-in", data.toString(), "-sigfile", signature.toString());

      assertThat(output.exitCode).as(one.getString("name") + ": " + output.text).isZero();
    }
  }

  private static byte[] publicKey(String did) {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.writeBytes(PUBLIC_KEY_PREFIX);
    der.writeBytes(Did.parse(did).publicKey());
    return der.toByteArray();
  }

  private record Output(int exitCode, String text) {
  }

  private static Output run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("%s ends", command[0]).isTrue();
      return new Output(process.exitValue(), text);
    } finally {
      process.destroyForcibly();
    }
  }
}
