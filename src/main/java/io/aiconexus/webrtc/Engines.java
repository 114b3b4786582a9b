package io.aiconexus.webrtc;

import io.aiconexus.webrtc.jvm.JvmEngine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an engine comes from. */
public final class Engines {

  /** The names that {@code webrtc.engine} takes. */
  public static final List<String> NAMES = List.of("auto", NativeEngine.NAME, JvmEngine.NAME, LoopbackEngine.NAME);

  private static final Logger log = LoggerFactory.getLogger(Engines.class);

  private Engines() {
  }

  /**
   * The engine that the options ask for; never fails.
   * <p>
   * {@code auto} is libwebrtc where it loads, and the engine in Java where it does not. With {@code native} there is
   * nothing else: the engine that comes can be asked why ({@link Engine#status}), and every connection fails with
   * {@code ENGINE_UNAVAILABLE} and that reason. Loading happens on a worker thread.
   */
  public static Future<Engine> choose(Vertx vertx, WebrtcOptions options) {
    return switch (options.engine()) {
      case LoopbackEngine.NAME -> Future.succeededFuture(new LoopbackEngine());
      case JvmEngine.NAME -> jvmEngine(vertx, options);
      case NativeEngine.NAME -> nativeEngine(vertx, options).recover(missing -> unavailable(missing.getMessage()));
      default -> nativeEngine(vertx, options).recover(missing -> {
        log.warn("connections are made by the engine in Java: {}", missing.getMessage());
        return jvmEngine(vertx, options);
      });
    };
  }

  private static Future<Engine> jvmEngine(Vertx vertx, WebrtcOptions options) {
    return JvmEngine.start(vertx, options.jvm());
  }

  private static Future<Engine> nativeEngine(Vertx vertx, WebrtcOptions options) {
    return vertx.executeBlocking(NativeLibrary::load, false).compose(missing -> missing == null
      ? NativeEngine.start(options.nativeEngine()).recover(e -> Future.failedFuture("libwebrtc does not start: " + e))
      : Future.failedFuture(missing));
  }

  private static Future<Engine> unavailable(String reason) {
    log.warn("no WebRTC connections on this node: {}", reason);
    return Future.succeededFuture(new UnavailableEngine(NativeEngine.NAME, reason));
  }
}
