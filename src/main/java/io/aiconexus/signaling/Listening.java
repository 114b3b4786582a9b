package io.aiconexus.signaling;

import io.aiconexus.config.ConfigurationException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.function.Function;

/** How the server listens, and what it says when it cannot. */
final class Listening {

  /** The WebSocket subprotocol of the wire. */
  static final String SUBPROTOCOL = "ioap.v1";

  /** Frames up to so many times the longest message still get an ERROR before the close; longer ones only the close. */
  private static final int FRAME_FACTOR = 4;
  private static final int CLOSE_SECONDS = 2;
  /** Connections from which nothing comes, not even the answer to a heartbeat, are dropped after so long. */
  private static final int IDLE_SECONDS = 60;
  private static final int IDLE_HEARTBEATS = 4;

  private Listening() {
  }

  static HttpServerOptions http(SignalingOptions options, String node) {
    int longest = options.session().maxMessageBytes() * FRAME_FACTOR;
    HttpServerOptions http = new HttpServerOptions()
      .setHost(options.host())
      .setPort(options.port() == 0 ? sharedRandomPort(node) : options.port())
      .setMaxWebSocketFrameSize(longest)
      .setMaxWebSocketMessageSize(longest)
      .setPerFrameWebSocketCompressionSupported(false)
      .setPerMessageWebSocketCompressionSupported(false)
      .setWebSocketClosingTimeout(CLOSE_SECONDS)
      .setWebSocketSubProtocols(List.of(SUBPROTOCOL))
      .setReadIdleTimeout((int) Math.max(IDLE_SECONDS, options.session().heartbeat().toSeconds() * IDLE_HEARTBEATS))
      .setTcpNoDelay(true);
    if (options.tls() != null) {
      http.setSsl(true).setKeyCertOptions(new PemKeyCertOptions()
        .setCertPath(options.tls().certFile()).setKeyPath(options.tls().keyFile()));
    }
    return http;
  }

  /** To Vert.x, a negative port is a random one that all who ask for the same number share. */
  private static int sharedRandomPort(String node) {
    return -1 - (node.hashCode() & 0xffff);
  }

  /** Makes one line that names the setting of what went wrong while listening. */
  static Function<AsyncResult<HttpServer>, Future<HttpServer>> explained(SignalingOptions options) {
    return result -> result.succeeded() ? Future.succeededFuture(result.result())
      : Future.failedFuture(explain(options, result.cause()));
  }

  private static Throwable explain(SignalingOptions options, Throwable cause) {
    String where = options.host() + ":" + options.port();
    if (cause instanceof BindException) {
      return new BindException("signaling cannot listen on " + where + ": " + cause.getMessage()
        + "; set signaling.host and signaling.port to an address that is free");
    }
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return new ConfigurationException("signaling.host must be an address of this machine, was \""
        + options.host() + "\"");
    }
    if (options.tls() != null) {
      return new ConfigurationException("signaling.tls must name a PEM certificate and its private key, "
        + options.tls().certFile() + " and " + options.tls().keyFile() + " cannot be used: " + cause.getMessage());
    }
    return cause;
  }
}
