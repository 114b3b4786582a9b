package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.sctp.SctpStatistics;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;

/**
 * What all connections of an engine do together, event loop by event loop, as the last look found it.
 * <p>
 * Connections are only read on their own loops, so a look is asked for and its result is there the next time. Any
 * thread.
 */
final class Survey {

  private static final Figures NONE = new Figures(0, 0, 0);

  private final List<EventExecutor> loops = new ArrayList<>();
  private final AtomicReferenceArray<Figures> figures;

  /** Of one loop: its connections, and the bytes that they may have and have in flight. */
  private record Figures(int connections, long windowBytes, long inFlightBytes) { }

  Survey(VertxInternal vertx) {
    vertx.nettyEventLoopGroup().forEach(loops::add);
    figures = new AtomicReferenceArray<>(loops.size());
  }

  /** Has every loop look at its connections soon. */
  void look(Collection<Transport> transports) {
    Map<EventLoop, List<Transport>> byLoop = transports.stream().collect(Collectors.groupingBy(Transport::loop));
    for (int i = 0; i < loops.size(); i++) {
      int loop = i;
      List<Transport> those = byLoop.get(loops.get(i));
      if (those == null) {
        figures.set(loop, NONE);
      } else {
        loops.get(i).execute(() -> figures.set(loop, of(those)));
      }
    }
  }

  JsonObject latest() {
    JsonArray connections = new JsonArray();
    long window = 0;
    long inFlight = 0;
    for (int i = 0; i < figures.length(); i++) {
      Figures loop = figures.get(i) == null ? NONE : figures.get(i);
      connections.add(loop.connections);
      window += loop.windowBytes;
      inFlight += loop.inFlightBytes;
    }
    return new JsonObject().put("loop_connections", connections).put("congestion_window_bytes", window)
      .put("in_flight_bytes", inFlight);
  }

  private static Figures of(List<Transport> transports) {
    long window = 0;
    long inFlight = 0;
    for (Transport transport : transports) {
      SctpStatistics now = transport.account();
      if (now != null) {
        window += now.congestionWindow();
        inFlight += now.inFlight();
      }
    }
    return new Figures(transports.size(), window, inFlight);
  }
}
