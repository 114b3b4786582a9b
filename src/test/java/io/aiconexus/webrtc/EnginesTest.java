package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {

  private static final String EVERYTHING = OtherJvm.classPath(name -> true);

  @Test
  void withoutTheLibraryOnTheClassPathTheReasonNamesTheFileAndTheJar() throws Exception {
    String without = OtherJvm.classPath(name -> !name.matches("webrtc-java-.*-(linux|macos|windows)-.*\\.jar"));

    OtherJvm jvm = OtherJvm.run(without, List.of(), EngineProbe.class, "native");

    JsonObject status = new JsonObject(jvm.line("status"));
    assertThat(status.getBoolean("available")).isFalse();
    assertThat(status.getString("reason")).contains("webrtc-java-").contains("is not on the class path: add");
    assertThat(jvm.line("connection")).startsWith("ENGINE_UNAVAILABLE").contains(status.getString("reason"));
    assertThat(jvm.output().lines().filter(line -> line.contains("no WebRTC connections on this node"))).hasSize(1);
    assertThat(jvm.exit()).isZero();
  }

  @Test
  void onAMachineThatHasNoLibraryTheReasonNamesTheMachine() throws Exception {
    OtherJvm jvm = OtherJvm.run(EVERYTHING, List.of("-Dos.arch=sparc"), EngineProbe.class, "native");

    assertThat(new JsonObject(jvm.line("status")).getString("reason")).contains("no library for").contains("sparc");
    assertThat(jvm.line("connection")).startsWith("ENGINE_UNAVAILABLE");
  }

  @Test
  void whereTheLibraryIsMissingTheEngineInJavaTakesItsPlaceWithOneWarning() throws Exception {
    OtherJvm jvm = OtherJvm.run(EVERYTHING, List.of("-Dos.arch=sparc"), EngineProbe.class, "auto");

    JsonObject status = new JsonObject(jvm.line("status"));
    assertThat(status.getString("engine")).isEqualTo("jvm");
    assertThat(status.getBoolean("available")).isTrue();
    assertThat(jvm.line("connection")).isEqualTo("made");
    assertThat(jvm.output().lines().filter(line -> line.contains("WARN"))).singleElement().asString()
      .contains("made by the engine in Java").contains("no library for");
    assertThat(jvm.exit()).isZero();
  }

  @Test
  void aMissingSystemLibraryIsNamedWithItsPackage() {
    assertThat(NativeLibrary.explain("/tmp/x.so: libpulse.so.0: cannot open shared object file: No such file"))
      .isEqualTo("libpulse.so.0 is missing: apt-get install libpulse0 (or what your system calls it)");
    assertThat(NativeLibrary.explain("/tmp/x.so: libdbus-1.so.3: cannot open shared object file: No such file"))
      .startsWith("libdbus-1.so.3 is missing: apt-get install libdbus-1-3");
    assertThat(NativeLibrary.explain("/tmp/x.so: libnew.so.9: cannot open shared object file: No such file"))
      .isEqualTo("libnew.so.9 is missing");
    assertThat(NativeLibrary.explain("something else")).endsWith("something else");
  }

  @Test
  @DisabledIfSystemProperty(named = "aiconexus.test.native", matches = "off")
  void theUnpackedLibraryIsGoneWhenTheJvmEnds(@TempDir Path directory) throws Exception {
    OtherJvm jvm = OtherJvm.run(EVERYTHING, List.of("-Djava.io.tmpdir=" + directory), EngineProbe.class);

    assertThat(new JsonObject(jvm.line("status")).getString("reason")).isNull();
    assertThat(jvm.line("connection")).isEqualTo("made");
    try (Stream<Path> left = Files.walk(directory)) {
      assertThat(left.filter(file -> file.toString().contains("webrtc"))).isEmpty();
    }
    assertThat(jvm.exit()).isZero();
  }
}
