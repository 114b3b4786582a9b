package io.aiconexus.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a small file of UTF-8 text; a device that never ends does no harm. */
final class TextFile {

  private static final int MAX = 1024 * 1024;

  private TextFile() {
  }

  static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX + 1);
      if (bytes.length > MAX) {
        throw new ConfigurationException(file + " must have at most " + MAX + " bytes, has more");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(file + " does not exist");
    } catch (AccessDeniedException e) {
      throw new ConfigurationException(file + " may not be read by this user");
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new ConfigurationException(file + " cannot be read: " + e.getMessage());
    }
  }
}
