package io.aiconexus.signaling;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.net.ServerSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(VertxExtension.class)
@Timeout(60)
class LifecycleFlowTest {

  private final AgentKey ann = AgentKey.generate();
  private final AgentKey bob = AgentKey.generate();

  @Test
  void whoeverAnswersPingsStays(Vertx vertx) throws Exception {
    Wire wire = Wire.join(vertx, Gateways.start(vertx, new JsonObject().put("heartbeat_ms", 20)), ann);

    for (int i = 0; i < 20; i++) {
      vertx.timer(20).toCompletionStage().toCompletableFuture().get(5, SECONDS);
    }

    wire.send(Wire.message(ann, wire.gateway, "PING", new JsonObject()));
    wire.next("PONG");
  }

  @Test
  void twoMissedPongsEndTheSession(Vertx vertx) throws Exception {
    RawSocket raw = RawSocket.join(Gateways.start(vertx, new JsonObject().put("heartbeat_ms", 50)), ann);

    assertThat(raw.nextText("ERROR").getJsonObject("payload").getString("code")).isEqualTo("TIMEOUT");
    assertThat(raw.closeCode()).isEqualTo(4002);
  }

  @Test
  void whoNeverReadsIsLetGoAndItsSendersAreTold(Vertx vertx) throws Exception {
    JsonObject settings = new JsonObject().put("messages_per_second", 100_000).put("burst", 100_000)
      .put("resume_window_ms", 50);
    int port = Gateways.start(vertx, settings);
    RawSocket raw = RawSocket.join(port, bob);
    Wire annWire = Wire.join(vertx, port, ann);
    String offer = Wire.offer(ann, bob.did().toString(), "x".repeat(200_000)).encode();

    int sent = 0;
    while (annWire.received.isEmpty() && sent < 500) {
      annWire.send(offer);
      sent++;
    }
    annWire.nextError("RECIPIENT_OVERLOADED");
    String code = "RECIPIENT_OVERLOADED";
    while (code.equals("RECIPIENT_OVERLOADED")) {
      annWire.send(Wire.offer(ann, bob.did().toString(), "x".repeat(200_000)));
      code = annWire.next("ERROR").getJsonObject("payload").getString("code");
    }

    assertThat(sent).isLessThan(500);
    assertThat(code).as("the socket was dropped although its close frame could not leave").isEqualTo("UNKNOWN_AGENT");
    raw.close();
  }

  @Test
  void theServerSaysGoodbyeWhenItStops(Vertx vertx) throws Exception {
    SignalingVerticle verticle = Gateways.start(vertx, new JsonObject(), 1).get(0);
    Wire wire = Wire.join(vertx, verticle.port(), ann);

    vertx.undeploy(vertx.deploymentIDs().iterator().next()).await(10, SECONDS);

    assertThat(wire.closeCode()).isEqualTo(1001);
    assertThatThrownBy(() -> Wire.open(vertx, verticle.port())).hasMessageContaining("refused");
  }

  @Test
  void aSocketThatNeverReadsCannotKeepTheServerFromStopping(Vertx vertx) throws Exception {
    JsonObject settings = new JsonObject().put("drain_ms", 100).put("messages_per_second", 100_000)
      .put("burst", 100_000);
    int port = Gateways.start(vertx, settings);
    RawSocket raw = RawSocket.join(port, bob);
    Wire annWire = Wire.join(vertx, port, ann);
    String offer = Wire.offer(ann, bob.did().toString(), "x".repeat(200_000)).encode();
    for (int i = 0; i < 500 && annWire.received.isEmpty(); i++) {
      annWire.send(offer);
    }

    vertx.undeploy(vertx.deploymentIDs().iterator().next()).await(10, SECONDS);

    raw.close();
  }

  @Test
  void aPortInUseIsNamedInOneLine(Vertx vertx) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(() -> Gateways.start(vertx, new JsonObject().put("port", taken.getLocalPort())))
        .hasMessageContaining("127.0.0.1:" + taken.getLocalPort()).hasMessageContaining("signaling.port")
        .message().doesNotContain("\n");
    }
  }

  @Test
  void aHostThatIsNotOursIsNamed(Vertx vertx) {
    assertThatThrownBy(() -> Gateways.start(vertx, new JsonObject().put("host", "192.0.2.1")))
      .hasMessageContaining("192.0.2.1");
  }

  @Test
  void agentsConnectOverTls(Vertx vertx, @TempDir Path directory) throws Exception {
    Certificates files = Certificates.in(directory);
    int port = Gateways.start(vertx, new JsonObject().put("tls", files.settings()));

    Wire wire = Wire.open(vertx, new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI("/ws")
      .setSsl(true));
    wire.send(wire.register(ann, "127.0.0.1:" + port, payload -> { }));

    wire.next("REGISTERED");
  }

  @Test
  void aMissingCertificateIsNamedInOneLine(Vertx vertx, @TempDir Path directory) {
    JsonObject tls = new JsonObject().put("cert_file", directory.resolve("no.pem").toString())
      .put("key_file", "no.key");

    assertThatThrownBy(() -> Gateways.start(vertx, new JsonObject().put("tls", tls)))
      .hasMessageContaining("signaling.tls.cert_file").hasMessageContaining("no.pem").message().doesNotContain("\n");
  }

  @Test
  void aFileThatIsNoCertificateIsNamedInOneLine(Vertx vertx, @TempDir Path directory) throws Exception {
    Certificates files = Certificates.in(directory);
    Files.writeString(directory.resolve("cert.pem"), "not a certificate");

    assertThatThrownBy(() -> Gateways.start(vertx, new JsonObject().put("tls", files.settings())))
      .hasMessageContaining("signaling.tls").hasMessageContaining("cert.pem").message().doesNotContain("\n");
  }
}
