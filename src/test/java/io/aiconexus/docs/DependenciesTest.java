package io.aiconexus.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class DependenciesTest {

  private static final Pattern ROW =
    Pattern.compile("^\\| `([^`]+:[^`]+)` \\| (\\S+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
  private static final Pattern PROPERTY = Pattern.compile("\\$\\{(.+)}");

  @Test
  void everyDependencyAndPluginHasItsRowWithItsVersion() throws Exception {
    assertThat(rows()).containsExactlyInAnyOrderEntriesOf(artifacts());
  }

  @Test
  void everyRowNamesALicenceAReasonAndTheUpkeep() throws Exception {
    Matcher row = ROW.matcher(Files.readString(Path.of("docs/dependencies.md")));
    while (row.find()) {
      for (int column = 3; column <= 5; column++) {
        assertThat(row.group(column)).as(row.group(1)).isNotBlank();
      }
    }
  }

  private static Map<String, String> rows() throws Exception {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("docs/dependencies.md")));
    while (row.find()) {
      rows.put(row.group(1), row.group(2));
    }
    return rows;
  }

  private static Map<String, String> artifacts() throws Exception {
    Document pom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of("pom.xml").toFile());
    Map<String, String> artifacts = new TreeMap<>();
    for (String kind : new String[] {"dependency", "plugin"}) {
      NodeList found = pom.getElementsByTagName(kind);
      for (int i = 0; i < found.getLength(); i++) {
        Element artifact = (Element) found.item(i);
        boolean imported = "pom".equals(child(artifact, "type"));
        if (!imported) {
          artifacts.put(child(artifact, "groupId") + ":" + child(artifact, "artifactId"), version(pom, artifact));
        }
      }
    }
    return artifacts;
  }

  /** The version; that of Vert.x where the imported list of versions gives it. */
  private static String version(Document pom, Element artifact) {
    String version = child(artifact, "version");
    Matcher property = PROPERTY.matcher(version == null ? "${vertx.version}" : version);
    return property.matches() ? pom.getElementsByTagName(property.group(1)).item(0).getTextContent() : version;
  }

  private static String child(Element element, String name) {
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (name.equals(node.getNodeName())) {
        return node.getTextContent().strip();
      }
    }
    return null;
  }
}
