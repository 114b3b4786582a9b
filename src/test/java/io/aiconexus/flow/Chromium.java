package io.aiconexus.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Chromium of the distribution without a window, one tab of it, driven over its DevTools protocol. */
final class Chromium implements AutoCloseable {

  private static final Pattern LISTENING = Pattern.compile("DevTools listening on ws://([^/]+)/");
  private static final int MESSAGE_BYTES_MAX = 64 << 20;

  private final Process process;
  private final WebSocketClient client;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, Promise<JsonObject>> waiting = new ConcurrentHashMap<>();
  /** Where every request of the tab went, and what its console complained about. */
  final Queue<String> requests = new ConcurrentLinkedQueue<>();
  final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private WebSocket tab;

  private Chromium(Vertx vertx, Process process) {
    this.process = process;
    this.client = vertx.createWebSocketClient(
      new WebSocketClientOptions().setMaxFrameSize(MESSAGE_BYTES_MAX).setMaxMessageSize(MESSAGE_BYTES_MAX));
  }

  /** Starts it with a profile of its own below {@code directory}. */
  static Chromium start(Vertx vertx, Path directory) throws Exception {
    List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox", "--disable-gpu",
      "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0",
      "--user-data-dir=" + Files.createDirectory(directory.resolve("profile")), "about:blank"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TMPDIR", directory.toString());
    Process process = builder.start();
    Chromium chromium = new Chromium(vertx, process);
    try {
      chromium.attach(address(process));
      return chromium;
    } catch (Exception | AssertionError e) {
      chromium.close();
      throw e;
    }
  }

  private static String address(Process process) throws IOException {
    BufferedReader log = process.inputReader();
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      Matcher listening = LISTENING.matcher(line);
      if (listening.find()) {
        Thread rest = new Thread(() -> log.lines().forEach(ignored -> { }), "chromium-log");
        rest.setDaemon(true);
        rest.start();
        return listening.group(1);
      }
    }
    throw new IOException("chromium did not start");
  }

  private void attach(String address) throws Exception {
    HttpRequest tabs = HttpRequest.newBuilder(URI.create("http://" + address + "/json/list")).build();
    JsonArray targets =
      new JsonArray(HttpClient.newHttpClient().send(tabs, HttpResponse.BodyHandlers.ofString()).body());
    String page = targets.stream().map(JsonObject.class::cast).filter(each -> each.getString("type").equals("page"))
      .findFirst().orElseThrow().getString("webSocketDebuggerUrl");
    tab = World.await(client.connect(new WebSocketConnectOptions().setAbsoluteURI(page).setAllowOriginHeader(false)));
    tab.textMessageHandler(text -> onMessage(new JsonObject(text)));
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      call(domain + ".enable", new JsonObject());
    }
  }

  private void onMessage(JsonObject message) {
    if (message.containsKey("id")) {
      waiting.remove(message.getInteger("id")).complete(message);
      return;
    }
    JsonObject params = message.getJsonObject("params");
    switch (message.getString("method")) {
      case "Network.requestWillBeSent" -> requests.add(params.getJsonObject("request").getString("url"));
      case "Log.entryAdded" -> complaints.add(params.getJsonObject("entry").getString("text"));
      case "Runtime.exceptionThrown" -> complaints.add(params.encode());
      default -> { }
    }
  }

  void open(String url) {
    call("Page.navigate", new JsonObject().put("url", url));
  }

  /** A screen of that width in CSS pixels, and what its owner prefers. */
  void screen(int width, int height, boolean dark) {
    call("Emulation.setDeviceMetricsOverride", new JsonObject().put("width", width).put("height", height)
      .put("deviceScaleFactor", 1).put("mobile", width < 500));
    call("Emulation.setEmulatedMedia", new JsonObject().put("features", new JsonArray().add(
      new JsonObject().put("name", "prefers-color-scheme").put("value", dark ? "dark" : "light"))));
  }

  /** What the expression gives in the tab. */
  Object evaluate(String expression) {
    JsonObject result =
      call("Runtime.evaluate", new JsonObject().put("expression", expression).put("returnByValue", true));
    assertThat(result.containsKey("exceptionDetails")).as(result.encode()).isFalse();
    return result.getJsonObject("result").getValue("value");
  }

  /** Waits until the expression, looked at whenever the page is drawn, is true. */
  void await(String expression) {
    JsonObject result = call("Runtime.evaluate", new JsonObject().put("awaitPromise", true).put("returnByValue", true)
      .put("expression", "new Promise(done => { const end = performance.now() + 20000; const look = () => { "
        + "const holds = (() => { try { return " + expression + "; } catch (early) { return false; } })(); "
        + "if (holds || performance.now() > end) done(Boolean(holds)); else setTimeout(look, 20); }; look(); })"));
    assertThat(result.getJsonObject("result").getValue("value")).as(expression).isEqualTo(true);
  }

  void screenshot(Path file) throws IOException {
    JsonObject shot = call("Page.captureScreenshot", new JsonObject().put("captureBeyondViewport", true));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(shot.getString("data")));
  }

  private JsonObject call(String method, JsonObject params) {
    int id = calls.incrementAndGet();
    Promise<JsonObject> answer = Promise.promise();
    waiting.put(id, answer);
    tab.writeTextMessage(new JsonObject().put("id", id).put("method", method).put("params", params).encode())
      .onFailure(answer::tryFail);
    JsonObject message = World.await(answer.future());
    assertThat(message.containsKey("error")).as(method + ": " + message.encode()).isFalse();
    return message.getJsonObject("result");
  }

  @Override
  public void close() throws InterruptedException {
    List<ProcessHandle> children = process.descendants().toList();
    // Process.destroy would close the streams under the thread that reads them.
    process.toHandle().destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    children.forEach(child -> child.onExit().join());
    World.await(client.close());
  }
}
