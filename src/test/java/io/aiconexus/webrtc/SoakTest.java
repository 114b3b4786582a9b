package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** {@code -Dsoak.minutes} makes it longer. */
class SoakTest {

  private static final int MINUTES = Integer.getInteger("soak.minutes", 3);
  /** Lives that have begun are lived to their end. */
  private static final int PATIENCE_SECONDS = 60 * MINUTES + 240;
  /** What the compiler and lazily made classes still add after the first tenth of the time. */
  private static final int HEAP_KIB = 4_096;
  private static final int STRAY_DESCRIPTORS = 4;

  @Test
  @Tag("long")
  void connectionsComeTalkAndGoForMinutesAndLeaveNothingBehind() throws Exception {
    soak("jvm");
  }

  @Test
  @Tag("long")
  @DisabledIfSystemProperty(named = "aiconexus.test.native", matches = "off")
  void soItIsWithLibwebrtcAtTheOtherEnd() throws Exception {
    soak("native");
  }

  private static void soak(String other) throws Exception {
    OtherJvm jvm = OtherJvm.run(PATIENCE_SECONDS, OtherJvm.classPath(name -> true), List.of("-Xmx128m"), Soak.class,
      other, String.valueOf(MINUTES));

    assertThat(jvm.exit()).as(jvm.output()).isZero();
    List<JsonObject> looks = jvm.output().lines().filter(line -> line.startsWith("{\"look\"")).map(JsonObject::new).toList();
    JsonObject first = looks.get(0);
    JsonObject last = looks.get(looks.size() - 1);
    assertThat(looks).allSatisfy(look -> assertThat(look.getInteger("left")).isZero());
    assertThat(last.getInteger("restarts")).isPositive();
    assertThat(last.getInteger("lost")).isPositive();
    assertThat(last.getInteger("messages")).isGreaterThan(2 * first.getInteger("messages"));
    assertThat(last.getInteger("heap_kib")).isLessThan(first.getInteger("heap_kib") + HEAP_KIB);
    assertThat(last.getInteger("descriptors")).isLessThanOrEqualTo(first.getInteger("descriptors") + STRAY_DESCRIPTORS);
  }
}
