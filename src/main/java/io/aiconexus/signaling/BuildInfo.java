package io.aiconexus.signaling;

import io.vertx.core.impl.VertxImpl;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** What is running: read from the manifest of the jar that this class came in; "unknown" when it came in none. */
final class BuildInfo {

  private BuildInfo() {
  }

  static JsonObject json() {
    Attributes ours = manifest();
    return new JsonObject().put("name", "aiconexus")
      .put("version", orUnknown(ours.getValue("Implementation-Version")))
      .put("commit", orUnknown(ours.getValue("Implementation-Commit")))
      .put("java", Runtime.version().toString()).put("vertx", VertxImpl.version());
  }

  private static Attributes manifest() {
    String ourselves = BuildInfo.class.getResource("BuildInfo.class").toString();
    int inJar = ourselves.indexOf("!/");
    if (inJar < 0) {
      return new Attributes();
    }
    try (InputStream in = new URL(ourselves.substring(0, inJar) + "!/META-INF/MANIFEST.MF").openStream()) {
      return new Manifest(in).getMainAttributes();
    } catch (IOException e) {
      throw new UncheckedIOException("our own jar cannot be read", e);
    }
  }

  private static String orUnknown(String value) {
    return value == null ? "unknown" : value;
  }
}
