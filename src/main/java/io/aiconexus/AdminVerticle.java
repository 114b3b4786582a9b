package io.aiconexus;

import io.aiconexus.config.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener of its own for the status page, metrics, health and commands, apart from the gateway's. */
final class AdminVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(AdminVerticle.class);
  private static final int IDLE_SECONDS = 60;

  private final AdminOptions options;
  private final Handler<Router> routes;
  private HttpServer server;

  AdminVerticle(AdminOptions options, Handler<Router> routes) {
    this.options = options;
    this.routes = routes;
  }

  /** The port listened on, once started. */
  int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    routes.handle(router);
    server = vertx.createHttpServer(new HttpServerOptions().setHost(options.host()).setPort(options.port())
      .setIdleTimeout(IDLE_SECONDS).setCompressionSupported(true)).requestHandler(router);
    return server.listen()
      .recover(cause -> Future.failedFuture(new ConfigurationException(
        "cannot listen on admin.host " + options.host() + ", admin.port " + options.port() + ": "
          + cause.getMessage())))
      .onSuccess(listening -> log.info("status page, metrics and health at http://{}:{}", options.host(),
        listening.actualPort()));
  }
}
