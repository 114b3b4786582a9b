package io.aiconexus.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

/**
 * A file that holds one agent's private key: PKCS#8 in PEM (RFC 8410 and RFC 7468), as
 * {@code openssl genpkey -algorithm ed25519} writes it.
 * <p>
 * Blocking; not for an event loop.
 */
public final class KeyFile {

  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  /** PrivateKeyInfo of RFC 8410, section 7, up to the 32 bytes of the seed. */
  private static final byte[] PKCS8_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final int SEED_BYTES = 32;
  private static final int FILE_MAX = 8 * 1024;
  private static final Set<PosixFilePermission> OWNER_ONLY =
    EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

  private KeyFile() {
  }

  /**
   * Writes {@code key} into a new file that only its owner can read (mode 0600 from its first moment).
   *
   * @throws IOException when the file exists already (a key is never overwritten) or cannot be written
   */
  public static void create(Path file, AgentKey key) throws IOException {
    ByteBuffer pem = ByteBuffer.wrap(encode(key).getBytes(StandardCharsets.US_ASCII));
    Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, options, ownerOnly(file))) {
      while (pem.hasRemaining()) {
        channel.write(pem);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
        file + " exists already; a key is never overwritten: choose another name or move it away", e);
    }
  }

  /**
   * Reads the key of a file.
   *
   * @throws IOException when it cannot be read, others than its owner may read or write it, or it is no Ed25519 key;
   *     the message names the file, the rule and what to do
   */
  public static AgentKey read(Path file) throws IOException {
    refuseWhatOthersCanRead(file);
    if (Files.size(file) > FILE_MAX) {
      throw new IOException(file + " is no key file: it is longer than " + FILE_MAX + " bytes");
    }
    return decode(file, Files.readString(file, StandardCharsets.ISO_8859_1));
  }

  /** Reads the key of {@code file}, or makes a new key and the file when there is none yet. */
  public static AgentKey readOrCreate(Path file) throws IOException {
    if (Files.notExists(file)) {
      AgentKey key = AgentKey.generate();
      create(file, key);
      return key;
    }
    return read(file);
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)} : new FileAttribute<?>[0];
  }

  private static void refuseWhatOthersCanRead(Path file) throws IOException {
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = view.readAttributes().permissions();
      if (permissions.stream().anyMatch(OTHERS::contains)) {
        throw new IOException(file + " is open to others (" + PosixFilePermissions.toString(permissions)
          + "); a private key must be its owner's alone: chmod 600 " + file);
      }
    } catch (NoSuchFileException e) {
      throw new IOException(file + " does not exist; ./aiconexus keygen " + file + " makes one", e);
    }
  }

  private static String encode(AgentKey key) {
    byte[] der = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + SEED_BYTES);
    System.arraycopy(key.seed(), 0, der, PKCS8_PREFIX.length, SEED_BYTES);
    return BEGIN + "\n" + Base64.getEncoder().encodeToString(der) + "\n" + END + "\n";
  }

  private static AgentKey decode(Path file, String pem) throws IOException {
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(file + " is no key file: it has no line " + BEGIN);
    }
    try {
      String base64 = pem.substring(begin + BEGIN.length(), end).replaceAll("[\\r\\n\\t ]", "");
      return AgentKey.ofSeed(seed(file, Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no key file: what it holds between BEGIN and END is not Base64", e);
    }
  }

  private static byte[] seed(Path file, byte[] der) throws IOException {
    try {
      if (PrivateKeyFactory.createKey(der) instanceof Ed25519PrivateKeyParameters key) {
        return key.getEncoded();
      }
    } catch (IOException | RuntimeException e) {
      throw new IOException(file + " holds no key that can be read; it must be Ed25519 in PKCS#8 (RFC 8410)", e);
    }
    throw new IOException(file + " holds a key of another kind; it must be Ed25519 in PKCS#8 (RFC 8410)");
  }
}
