package io.aiconexus.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both roles against the OpenSSL that is installed, over UDP on loopback; skipped where there is none. */
class OpensslInteropTest {

  @TempDir
  private static Path directory;
  private static DtlsFingerprint fingerprint;

  private final Rig rig = new Rig();
  private final End end = new End(rig.loop);
  private final CompletableFuture<Void> heardPeer = new CompletableFuture<>();
  private DatagramChannel socket;
  private volatile SocketAddress peer;
  private Process openssl;
  private BufferedReader lines;
  private Thread reader;

  @BeforeAll
  static void makeACertificate() throws Exception {
    assumeTrue(isInstalled(), "needs the openssl command");
    run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
      "-subj", "/CN=peer", "-days", "2", "-keyout", "key.pem", "-out", "certificate.pem");
    try (var in = Files.newInputStream(directory.resolve("certificate.pem"))) {
      fingerprint = DtlsFingerprint.of(CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded());
    }
  }

  @BeforeEach
  void openSocket() throws IOException {
    socket = boundToLoopback();
    reader = new Thread(this::read, "interop-reader");
    end.out = this::send;
    end.onData = () -> {
      if (end.received.get(end.received.size() - 1).contains("from openssl")) {
        heardPeer.complete(null);
      }
    };
  }

  @AfterEach
  void leaveNothingBehind() throws Exception {
    openssl.destroy();
    assertThat(openssl.waitFor(10, TimeUnit.SECONDS)).isTrue();
    socket.close();
    reader.join(10_000);
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({
    "ECDHE-ECDSA-AES128-GCM-SHA256, X25519:P-256, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384, P-256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305, X25519:P-256, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"})
  void asClientItTalksToOpenssl(String cipher, String group, DtlsCipherSuite expected) throws Exception {
    int port = freePort();
    peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    openssl("s_server", "-accept", "127.0.0.1:" + port, "-Verify", "1", "-cipher", cipher, "-groups", group);
    awaitLine("ACCEPT");

    assertTalk(DtlsRole.CLIENT, expected);

    end.close();
    awaitLine("DONE");
  }

  @ParameterizedTest
  @CsvSource({
    "ECDHE-ECDSA-AES128-GCM-SHA256, X25519:P-256, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384, P-256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305, X25519:P-256, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"})
  void asServerItTalksToOpenssl(String cipher, String group, DtlsCipherSuite expected) throws Exception {
    openssl("s_client", "-connect", "127.0.0.1:" + port(socket), "-cipher", cipher, "-groups", group,
      "-use_srtp", "SRTP_AES128_CM_SHA1_80");

    assertTalk(DtlsRole.SERVER, expected);

    write("Q\n");
    assertThat(end.awaitClosed()).isEqualTo(DtlsCloseReason.CLOSED_BY_PEER);
  }

  private void assertTalk(DtlsRole role, DtlsCipherSuite expected) throws Exception {
    end.attach(new DtlsEndpoint(Pair.CLIENT, DtlsSettings.DEFAULTS, rig.workers, Pair.RANDOM), role, fingerprint);
    end.onLoop(() -> {
      end.transport.start(System.nanoTime());
      reader.start();
      return null;
    });
    assertThat(end.awaitConnected()).isEqualTo(expected);

    end.say("from java\n");
    awaitLine("from java");
    write("from openssl\n");
    heardPeer.get(20, TimeUnit.SECONDS);
  }

  private void write(String line) throws IOException {
    OutputStream input = openssl.getOutputStream();
    input.write(line.getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  private void openssl(String command, String... options) throws IOException {
    List<String> line = new ArrayList<>(List.of("openssl", command, "-dtls1_2"));
    line.addAll(List.of("-cert", "certificate.pem", "-key", "key.pem"));
    line.addAll(List.of(options));
    openssl = new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true).start();
    lines = new BufferedReader(new InputStreamReader(openssl.getInputStream(), StandardCharsets.UTF_8));
  }

  private void awaitLine(String text) throws Exception {
    CompletableFuture.runAsync(() -> {
      try {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.contains(text)) {
            return;
          }
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      throw new IllegalStateException("openssl never said " + text);
    }).get(20, TimeUnit.SECONDS);
  }

  private void send(ByteBuffer datagram) {
    try {
      socket.send(datagram, peer);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try {
      while (true) {
        ByteBuffer datagram = ByteBuffer.allocate(4096);
        peer = socket.receive(datagram);
        rig.loop.execute(() -> end.deliver(datagram.flip()));
      }
    } catch (AsynchronousCloseException closed) {
      // The test is over.
    } catch (IOException e) {
      end.closed.completeExceptionally(e);
    }
  }

  private static DatagramChannel boundToLoopback() throws IOException {
    return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private static int freePort() throws IOException {
    try (DatagramChannel probe = boundToLoopback()) {
      return port(probe);
    }
  }

  private static int port(DatagramChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private static boolean isInstalled() throws InterruptedException {
    try {
      return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
    } catch (IOException notFound) {
      return false;
    }
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
