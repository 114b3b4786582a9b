package io.aiconexus.bench;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.metrics.MetricsVerticle;
import io.aiconexus.metrics.ProcessMetrics;
import io.aiconexus.signaling.SignalingOptions;
import io.aiconexus.signaling.SignalingVerticle;
import io.aiconexus.status.StatusVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the servers that {@link RelayBench} and {@link MetricsBench} compare, in a process of its own; ends with its standard input. */
final class RelayServer {

  private static final String NODE = "bench";
  private static final String TO = "\"to\":\"";
  private static final String FROM = "\"from\":\"";

  private RelayServer() {
  }

  static void run(String kind) throws Exception {
    ProcessMetrics metrics = kind.equals("watched") ? new ProcessMetrics() : null;
    Vertx vertx = metrics == null ? Vertx.vertx() : metrics.counting(Vertx.builder()).build();
    if (metrics != null) {
      vertx.deployVerticle(new MetricsVerticle(NODE, metrics.registry())).await(10, TimeUnit.SECONDS);
      vertx.deployVerticle(new StatusVerticle(NODE, () -> "{}")).await(10, TimeUnit.SECONDS);
    }
    Future<Integer> port = kind.equals("bare") ? bare(vertx) : gateway(vertx);
    System.out.println("PORT " + port.await(10, TimeUnit.SECONDS));
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    while ("status".equals(commands.readLine())) {
      long cpuNanos = eventLoopNanos();
      long allocated = eventLoopBytes();
      System.gc();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long heap = runtime.totalMemory() - runtime.freeMemory();
      System.out.println("STATUS " + heap + " " + OwnProcess.residentKib() * 1024 + " " + cpuNanos + " " + allocated);
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static Future<Integer> gateway(Vertx vertx) {
    SignalingOptions options = SignalingOptions.from(new JsonObject().put("port", 0).put("instances", 1)
      .put("messages_per_second", 1_000_000).put("burst", 1_000_000)
      .put("max_sessions", 100_000).put("max_sessions_per_address", 100_000).put("handshakes_per_second", 100_000));
    SignalingVerticle verticle = new SignalingVerticle(options, NODE, AgentKey.generate(), 0);
    return vertx.deployVerticle(verticle).map(deployed -> verticle.port());
  }

  /** What Vert.x does when nobody asks for anything: the target's id is cut out of the text, nothing is checked. */
  private static Future<Integer> bare(Vertx vertx) {
    Map<String, ServerWebSocket> sockets = new HashMap<>();
    Promise<Integer> port = Promise.promise();
    HttpServerOptions options = new HttpServerOptions().setPort(0).setHost("127.0.0.1")
      .setPerFrameWebSocketCompressionSupported(false).setPerMessageWebSocketCompressionSupported(false)
      .setWebSocketSubProtocols(List.of("ioap.v1"));
    return vertx.deployVerticle(context -> {
      Future<HttpServer> listening = vertx.createHttpServer(options)
        .webSocketHandler(socket -> socket.textMessageHandler(text -> {
          String to = cut(text, TO);
          if (to.isEmpty()) {
            sockets.put(cut(text, FROM), socket);
            socket.writeTextMessage("{\"type\":\"REGISTERED\"}");
          } else {
            ServerWebSocket target = sockets.get(to);
            if (target != null) {
              target.writeTextMessage(text);
            }
          }
        })).listen();
      return listening.onSuccess(server -> port.complete(server.actualPort()));
    }).compose(deployed -> port.future());
  }

  private static String cut(String text, String after) {
    int start = text.indexOf(after) + after.length();
    return text.substring(start, text.indexOf('"', start));
  }

  /** What the event loops have used of the processor: the one figure that busy neighbours do not change. */
  private static long eventLoopNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
      .filter(thread -> thread != null && thread.getThreadName().startsWith("vert.x-eventloop"))
      .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId())).sum();
  }

  /** What the event loops have allocated. */
  private static long eventLoopBytes() {
    com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
      .filter(thread -> thread != null && thread.getThreadName().startsWith("vert.x-eventloop"))
      .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getThreadId())).sum();
  }
}
