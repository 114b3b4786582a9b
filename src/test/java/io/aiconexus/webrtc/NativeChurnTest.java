package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.bench.ChurnBench;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@DisabledIfSystemProperty(named = "aiconexus.test.native", matches = "off")
class NativeChurnTest {

  private static final int CONNECTIONS = 600;
  /** What leaks without release is 65; the noise of allocators over so few connections is some 10 to 20. */
  private static final int KIB_PER_CONNECTION = 40;
  private static final int STRAY_DESCRIPTORS = 4;

  @Test
  void connectionsThatWereClosedLeaveNothingBehindAndTheJvmEnds() throws Exception {
    OtherJvm jvm = OtherJvm.run(OtherJvm.classPath(name -> true), List.of("-Xms64m", "-XX:+AlwaysPreTouch"),
      ChurnBench.class, "native", String.valueOf(CONNECTIONS));

    JsonObject result = new JsonObject(jvm.output().lines().filter(line -> line.startsWith("{\"engine\"")).findFirst()
      .orElseThrow(() -> new AssertionError(jvm.output())));
    assertThat(result.getInteger("left")).isZero();
    assertThat(result.getInteger("descriptors_after"))
      .isLessThanOrEqualTo(result.getInteger("descriptors_before") + STRAY_DESCRIPTORS);
    assertThat(result.getInteger("rss_kib_grown")).isLessThan(CONNECTIONS * KIB_PER_CONNECTION);
    assertThat(jvm.exit()).isZero();
  }
}
