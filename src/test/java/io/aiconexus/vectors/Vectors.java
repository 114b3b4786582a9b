package io.aiconexus.vectors;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the test vectors that anybody can check a client with; the same run gives the same bytes.
 * <p>
 * Run {@code main} with the directory as its argument, {@code src/test/resources/vectors} by default, after a change of
 * what they are made from; {@link VectorsTest} compares the files with what this makes.
 */
public final class Vectors {

  static final Path DIRECTORY = Path.of("src/test/resources/vectors");

  private Vectors() {
  }

  /** Writes every file of vectors. */
  public static void main(String[] arguments) throws IOException {
    Path directory = arguments.length == 0 ? DIRECTORY : Path.of(arguments[0]);
    for (Map.Entry<String, JsonObject> file : files().entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), text(file.getValue()));
    }
  }

  /** Every file by its name. */
  static Map<String, JsonObject> files() {
    Map<String, JsonObject> files = new LinkedHashMap<>();
    files.put("did-key.json", DidVectors.all());
    files.put("ed25519.json", Ed25519Vectors.all());
    files.put("jcs.json", JcsVectors.all());
    files.put("messages.json", MessageVectors.all());
    return files;
  }

  static String text(JsonObject json) {
    return json.encodePrettily().replace("\r\n", "\n") + "\n";
  }
}
