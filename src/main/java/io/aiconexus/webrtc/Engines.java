package io.aiconexus.webrtc;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an engine comes from. */
public final class Engines {

  /** The names that {@code webrtc.engine} takes. */
  public static final List<String> NAMES = List.of("auto", NativeEngine.NAME, LoopbackEngine.NAME);

  private static final Logger log = LoggerFactory.getLogger(Engines.class);

  private Engines() {
  }

  /**
   * The engine that the options ask for; never fails.
   * <p>
   * {@code auto} is libwebrtc where it loads. Where it does not, as with {@code native}, the engine that comes can be
   * asked why ({@link Engine#status}), and every connection fails with {@code ENGINE_UNAVAILABLE} and that reason.
   * Loading happens on a worker thread.
   */
  public static Future<Engine> choose(Vertx vertx, WebrtcOptions options) {
    return options.engine().equals(LoopbackEngine.NAME)
      ? Future.succeededFuture(new LoopbackEngine())
      : nativeEngine(vertx, options);
  }

  private static Future<Engine> nativeEngine(Vertx vertx, WebrtcOptions options) {
    return vertx.executeBlocking(NativeLibrary::load, false).compose(missing -> missing == null
      ? NativeEngine.start(options.nativeEngine()).recover(e -> unavailable("libwebrtc does not start: " + e))
      : unavailable(missing));
  }

  private static Future<Engine> unavailable(String reason) {
    log.warn("no WebRTC connections on this node: {}", reason);
    return Future.succeededFuture(new UnavailableEngine(NativeEngine.NAME, reason));
  }
}
