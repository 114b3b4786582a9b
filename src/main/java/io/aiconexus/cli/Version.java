package io.aiconexus.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import picocli.CommandLine.IVersionProvider;

/** The version that the manifest of the jar states. */
final class Version implements IVersionProvider {

  private static final String TITLE = "AIConexus";

  @Override
  public String[] getVersion() {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return new String[] {TITLE + " " + ours(), "Java " + Runtime.version() + ", " + system};
  }

  private static String ours() {
    try {
      for (URL url : Collections.list(Version.class.getClassLoader().getResources("META-INF/MANIFEST.MF"))) {
        try (var in = url.openStream()) {
          Attributes attributes = new Manifest(in).getMainAttributes();
          if (TITLE.equals(attributes.getValue(Attributes.Name.IMPLEMENTATION_TITLE))) {
            return describe(attributes);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "(not from a jar)";
  }

  private static String describe(Attributes attributes) {
    String commit = attributes.getValue("Implementation-Commit");
    boolean known = commit != null && !commit.isEmpty() && !commit.startsWith("$");
    return attributes.getValue(Attributes.Name.IMPLEMENTATION_VERSION) + (known ? " (" + commit + ")" : "");
  }
}
