package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.jvm.JvmOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/** What a contract test needs of the engine it is about. */
interface EngineUnderTest {

  Vertx vertx();

  Engine engine();

  /** Two ends of this engine that are not connected yet. */
  default End[] pair() {
    return End.pair(vertx(), engine(), engine());
  }

  /** Two ends that are connected, with a channel open on both. */
  default Ear[] openChannel(DataChannelOptions options) {
    End[] ends = pair();
    Ear here = ends[0].channel("data", options);
    Ear there = options.negotiated() ? ends[1].channel("data", options) : null;
    ends[0].connect();
    here.open();
    return new Ear[] {here, (there == null ? End.next(ends[1].incoming) : there).open()};
  }

  /** The engine of that name, which must work: a test run without it says why. */
  static Engine named(String name, Vertx vertx, NativeOptions options) {
    Engine engine = End.await(Engines.choose(vertx, new WebrtcOptions(name, options, JvmOptions.DEFAULTS, List.of(), "all")));
    assertThat(engine.status().reason()).as("why the engine does not work here").isNull();
    return engine;
  }

  static void closeAll(Ear... ears) {
    for (Ear ear : ears) {
      ear.end.close();
    }
  }

  static void closeAll(End... ends) {
    for (End end : ends) {
      end.close();
    }
  }

  static void assertFails(Failure failure, Future<?> future) {
    Throwable cause = catchThrowable(() -> End.await(future));
    assertThat(cause).as("what it failed with").isNotNull();
    assertThat(Failure.of(cause)).as(cause.toString()).isEqualTo(failure);
  }
}
