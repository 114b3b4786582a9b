package io.aiconexus.peer;

import io.aiconexus.bus.BusSocket;
import io.aiconexus.bus.Failure;
import io.vertx.core.Future;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.internal.http.WebSocketInternal;
import java.net.URI;

/** The way to a gateway by URL, {@code ws://host:port/ws} or {@code wss://host/ws}. */
final class WebSocketDoor implements SignalingDoor {

  private static final String SUBPROTOCOL = "ioap.v1";
  private static final String PATH = "/ws";
  private static final long CONNECT_TIMEOUT_MS = 10_000;

  private final WebSocketClient client;
  private final URI gateway;

  /**
   * @param client must live as long as this door: Vert.x closes clients that are garbage-collected
   * @param gateway scheme ws or wss; the path is {@code /ws} unless it says otherwise
   */
  WebSocketDoor(WebSocketClient client, URI gateway) {
    this.client = client;
    this.gateway = gateway;
  }

  @Override
  public String audience() {
    return gateway.getPort() < 0 ? gateway.getHost() : gateway.getHost() + ":" + gateway.getPort();
  }

  @Override
  public Future<Socket> open(Listener listener) {
    WebSocketConnectOptions options = new WebSocketConnectOptions()
      .setHost(gateway.getHost())
      .setPort(gateway.getPort() >= 0 ? gateway.getPort() : defaultPort())
      .setSsl(secure())
      .setURI(path())
      .addSubProtocol(SUBPROTOCOL)
      // Only web pages have an origin; a gateway refuses those that it does not know.
      .setAllowOriginHeader(false)
      .setTimeout(CONNECT_TIMEOUT_MS);
    ClientWebSocket socket = client.webSocket();
    socket.textMessageHandler(listener::onText);
    socket.closeHandler(closed -> listener.onClose(codeOf(socket)));
    return socket.connect(options)
      .map(open -> (Socket) new OverWebSocket(open))
      .recover(cause -> Future.failedFuture(Failure.SIGNALING_UNAVAILABLE.because(
        "gateway " + gateway + " cannot be reached: " + reasonOf(cause))));
  }

  private boolean secure() {
    return "wss".equals(gateway.getScheme());
  }

  private int defaultPort() {
    return secure() ? 443 : 80;
  }

  private String path() {
    String path = gateway.getRawPath() == null || gateway.getRawPath().length() <= 1 ? PATH : gateway.getRawPath();
    return gateway.getRawQuery() == null ? path : path + "?" + gateway.getRawQuery();
  }

  private static int codeOf(WebSocket socket) {
    Short code = socket.closeStatusCode();
    return code == null ? BusSocket.ABNORMAL : code;
  }

  private static String reasonOf(Throwable cause) {
    return cause instanceof UpgradeRejectedException refused
      ? "it refused with HTTP " + refused.getStatus()
      : cause.getMessage();
  }

  private record OverWebSocket(WebSocket socket) implements Socket {

    @Override
    public Future<Void> write(String text) {
      return socket.writeTextMessage(text);
    }

    @Override
    public void close(int code) {
      socket.close((short) code);
    }

    /** The close handshake would wait for a gateway that may be gone. */
    @Override
    public void abort() {
      ((WebSocketInternal) socket).channelHandlerContext().close();
    }
  }
}
