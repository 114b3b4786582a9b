package io.aiconexus.flow;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.AIConexus;
import io.aiconexus.NodeOptions;
import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.AgentKey;
import io.aiconexus.peer.Agent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.spi.VertxTracerFactory;
import io.vertx.core.spi.context.storage.AccessMode;
import io.vertx.core.spi.context.storage.ContextLocal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** An embedder's tracer sees its W3C trace context go through the event bus, into the agent and to a capability. */
class TraceFlowTest {

  private static final ContextLocal<String> TRACE = ContextLocal.registerLocal(String.class);
  private static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  /** As any W3C propagator does, but for a new id in each span: what came in is put into everything that goes out. */
  private static final class Propagator implements VertxTracer<String, String> {

    private final Queue<String> received = new ConcurrentLinkedQueue<>();

    @Override
    public <R> String receiveRequest(Context context, SpanKind kind, TracingPolicy policy, R request, String operation,
                                     Iterable<Map.Entry<String, String>> headers, TagExtractor<R> tags) {
      for (Map.Entry<String, String> header : headers) {
        if (header.getKey().equals("traceparent")) {
          TRACE.put(context, AccessMode.CONCURRENT, header.getValue());
          received.add(tags.extract(request).getOrDefault("messaging.destination.name", operation) + " "
            + header.getValue());
          return header.getValue();
        }
      }
      return null;
    }

    @Override
    public <R> String sendRequest(Context context, SpanKind kind, TracingPolicy policy, R request, String operation,
                                  BiConsumer<String, String> headers, TagExtractor<R> tags) {
      String trace = TRACE.get(context, AccessMode.CONCURRENT);
      if (trace != null) {
        headers.accept("traceparent", trace);
      }
      return trace;
    }
  }

  @Test
  void aTraceFollowsACommandThroughTheBus() throws Exception {
    Propagator propagator = new Propagator();
    Vertx vertx = Vertx.builder().withTracer(new VertxTracerFactory() {
      @Override
      public VertxTracer<?, ?> tracer(TracingOptions options) {
        return propagator;
      }
    }).build();
    try {
      AIConexus node = AIConexus.builder(vertx).options(NodeOptions.from(new JsonObject()
        .put("webrtc", new JsonObject().put("engine", "loopback"))
        .put("signaling", new JsonObject().put("port", 0).put("instances", 1)))).deploy().await(20, SECONDS);
      Agent ann = node.host(AgentKey.generate()).await(10, SECONDS);
      Agent bob = node.host(AgentKey.generate()).await(10, SECONDS);
      vertx.eventBus().request(Addresses.peer(ann.did()), new JsonObject().put("action", "connect")
        .put("remote", bob.did().toString()), new DeliveryOptions().addHeader("traceparent", TRACEPARENT))
        .await(20, SECONDS);

      assertThat(propagator.received).contains(Addresses.peer(ann.did()) + " " + TRACEPARENT);
      node.close().await(10, SECONDS);
    } finally {
      vertx.close().await(10, SECONDS);
    }
  }
}
