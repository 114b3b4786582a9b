package io.aiconexus.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

  @TempDir
  Path directory;

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    AgentKey key = AgentKey.generate();
    Path file = directory.resolve("agent.pem");

    KeyFile.create(file, key);

    assertThat(KeyFile.read(file).seed()).isEqualTo(key.seed());
  }

  @Test
  void theFileIsItsOwnersAlone() throws IOException {
    Path file = directory.resolve("agent.pem");

    KeyFile.create(file, AgentKey.generate());

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
  }

  @Test
  void anExistingFileIsNeverOverwritten() throws IOException {
    Path file = Files.writeString(directory.resolve("agent.pem"), "precious");

    assertThatThrownBy(() -> KeyFile.create(file, AgentKey.generate())).isInstanceOf(IOException.class)
      .hasMessageContaining(file.toString()).hasMessageContaining("never overwritten");

    assertThat(file).hasContent("precious");
  }

  @Test
  void aLinkToNowhereIsNotFollowedByTheWriter() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link.pem"), directory.resolve("elsewhere.pem"));

    assertThatThrownBy(() -> KeyFile.create(link, AgentKey.generate())).isInstanceOf(IOException.class);

    assertThat(directory.resolve("elsewhere.pem")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw-rw-rw-", "rw----r--", "rw--w----", "rw-----w-", "rwx--x---", "r--r--r--"})
  void aFileThatOthersCanTouchIsRefused(String permissions) throws IOException {
    Path file = directory.resolve("agent.pem");
    KeyFile.create(file, AgentKey.generate());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertThatThrownBy(() -> KeyFile.read(file)).isInstanceOf(IOException.class)
      .hasMessageContaining(permissions).hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void aMissingFileIsNamedWithTheCommandThatMakesOne() {
    Path file = directory.resolve("agent.pem");

    assertThatThrownBy(() -> KeyFile.read(file)).isInstanceOf(IOException.class)
      .hasMessageContaining(file + " does not exist").hasMessageContaining("keygen");
  }

  @Test
  void aMissingFileIsMadeOnceAndThenRead() throws IOException {
    Path file = directory.resolve("agent.pem");

    AgentKey made = KeyFile.readOrCreate(file);

    assertThat(KeyFile.readOrCreate(file).did()).isEqualTo(made.did());
  }

  @Test
  void whatOpensslMakesIsRead() throws Exception {
    Path file = directory.resolve("openssl.pem");
    openssl("genpkey", "-algorithm", "ed25519", "-out", file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    Did did = KeyFile.read(file).did();

    assertThat(openssl("pkey", "-in", file.toString(), "-pubout", "-outform", "DER"))
      .endsWith(did.publicKey());
  }

  @Test
  void whatIsWrittenOpensslReads() throws Exception {
    Path file = directory.resolve("agent.pem");
    AgentKey key = AgentKey.generate();
    KeyFile.create(file, key);

    assertThat(openssl("pkey", "-in", file.toString(), "-pubout", "-outform", "DER"))
      .endsWith(key.did().publicKey());
    assertThat(new String(openssl("pkey", "-in", file.toString()))).isEqualTo(Files.readString(file));
  }

  @Test
  void aKeyWithItsPublicPartAsRfc8410ShowsItIsRead() throws IOException {
    Path file = secret("""
      -----BEGIN PRIVATE KEY-----
      MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      oB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEAGb9ECWmEzf6FQbrB
      Z9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PRIVATE KEY-----
      """);

    assertThat(HexFormat.of().formatHex(KeyFile.read(file).did().publicKey()))
      .isEqualTo("19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1");
  }

  @Test
  void textBeforeTheKeyAndCarriageReturnsDoNotMatter() throws IOException {
    Path good = directory.resolve("agent.pem");
    AgentKey key = AgentKey.generate();
    KeyFile.create(good, key);
    Path file = secret("the key of ann\r\n" + Files.readString(good).replace("\n", "\r\n"));

    assertThat(KeyFile.read(file).did()).isEqualTo(key.did());
  }

  @Test
  void whatIsNoEd25519KeyIsRefusedWithTheReason() throws Exception {
    Path p256 = directory.resolve("p256.pem");
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", p256.toString());
    Path x25519 = directory.resolve("x25519.pem");
    openssl("genpkey", "-algorithm", "x25519", "-out", x25519.toString());
    for (Path file : new Path[] {p256, x25519}) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      assertRefused(file, "must be Ed25519");
    }
    assertRefused(secret(""), "no line -----BEGIN PRIVATE KEY-----");
    assertRefused(secret("-----END PRIVATE KEY-----\n-----BEGIN PRIVATE KEY-----\n"), "no key file");
    assertRefused(secret("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"), "must be Ed25519");
    assertRefused(secret("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), "must be Ed25519");
    assertRefused(secret("x".repeat(8193)), "longer than 8192 bytes");
  }

  @Test
  void aDamagedKeyIsNotReadAroundTheDamage() throws IOException {
    Path good = directory.resolve("agent.pem");
    KeyFile.create(good, AgentKey.generate());
    String pem = Files.readString(good);

    assertRefused(secret(pem.replace("MC4CAQ", "MC4C!AQ")), "not Base64");
    assertRefused(secret(pem.replace("MC4CAQ", "MC4CAQ\u00e9")), "not Base64");
    assertRefused(secret(pem.replace("MC4CAQ", "MC4CAA==")), "not Base64");
  }

  private Path secret(String content) throws IOException {
    Path file = Files.createTempFile(directory, "key", ".pem");
    return Files.writeString(file, content);
  }

  private static void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> KeyFile.read(file)).isInstanceOf(IOException.class)
      .hasMessageStartingWith(file.toString()).hasMessageContaining(reason);
  }

  private static byte[] openssl(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = "openssl";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      byte[] output = process.getInputStream().readAllBytes();
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(new String(output)).isZero();
      return output;
    } finally {
      process.destroyForcibly();
    }
  }
}
