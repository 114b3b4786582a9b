package io.aiconexus.webrtc.foreign;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A headless browser with a page of ours, which takes commands on a WebSocket. */
final class Browser implements Program {

  private static final int LONGEST = 1 << 24;
  private static final List<String> FLAGS = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-breakpad");

  private final CompletableFuture<ServerWebSocket> page = new CompletableFuture<>();
  private final HttpServer server;
  private final Path profile;
  private final Process process;

  private Browser(HttpServer server, Path profile, Process process) {
    this.server = server;
    this.profile = profile;
    this.process = process;
  }

  static Browser start(Vertx vertx, String program, Path pages, Consumer<JsonObject> hear) throws Exception {
    Router router = Router.router(vertx);
    HttpServer server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0)
      .setMaxWebSocketFrameSize(LONGEST).setMaxWebSocketMessageSize(LONGEST));
    CompletableFuture<ServerWebSocket> page = new CompletableFuture<>();
    router.route().handler(StaticHandler.create(FileSystemAccess.ROOT, pages.toString()).setCachingEnabled(false));
    server.requestHandler(router).webSocketHandler(socket -> {
      socket.textMessageHandler(text -> hear.accept(new JsonObject(text)));
      page.complete(socket);
    });
    server.listen().await(PATIENCE, SECONDS);
    Path profile = Files.createTempDirectory("browser");
    List<String> command = Stream.of(Stream.of(program), FLAGS.stream(), Stream.of("--user-data-dir=" + profile,
      "http://127.0.0.1:" + server.actualPort() + "/chromium/page.html")).flatMap(each -> each).toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.DISCARD).start();
    Browser browser = new Browser(server, profile, process);
    page.thenAccept(browser.page::complete);
    return browser;
  }

  @Override
  public void say(JsonObject command) {
    page.thenAccept(socket -> socket.writeTextMessage(command.encode()));
  }

  @Override
  public void close() {
    Program.end(process);
    try {
      server.close().await(PATIENCE, SECONDS);
      remove(profile);
    } catch (Exception e) {
      throw new IllegalStateException("the browser left something behind in " + profile, e);
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
