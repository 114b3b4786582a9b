package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** A real TURN server on loopback: coturn, with one user, its own directory and a free port for UDP, TCP and TLS. */
public final class Coturn implements AutoCloseable {
  public static final TurnCredentials ANN = new TurnCredentials("ann", "a long secret");
  static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  /** Starts that are tried: between choosing a port and binding it, somebody else may take it. */
  private static final int STARTS = 3;
  private static final String PROGRAM = "turnserver";

  public final InetSocketAddress address;
  final TlsIdentity identity;
  private final Path directory;
  private Process process;

  private Coturn(Path directory, InetSocketAddress address) throws Exception {
    this.directory = directory;
    this.address = address;
    this.identity = TlsIdentity.in(directory);
  }

  /** Starts one that relays between loopback addresses of both families. */
  public static Coturn start(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--relay-ip", "127.0.0.1", "--relay-ip", "::1",
      "--allow-loopback-peers"));
    all.addAll(List.of(options));
    return startBare(all.toArray(String[]::new));
  }

  /** Starts one that is reached and relays at {@link #ownAddress()}, for libwebrtc, which uses no loopback address. */
  public static Coturn startOutside(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--listening-ip", ownAddress(), "--relay-ip", ownAddress()));
    all.addAll(List.of(options));
    return startBare(all.toArray(String[]::new));
  }

  /** An address of this machine that is not a loopback one. */
  public static String ownAddress() throws IOException {
    return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
      .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).findFirst()
      .map(InetAddress::getHostAddress)
      .orElseThrow(() -> new AssertionError("this takes an interface other than the loopback one"));
  }

  /** Starts one with no more options than it takes to have none of this machine's. */
  public static Coturn startBare(String... options) throws Exception {
    for (int attempt = 1; ; attempt++) {
      Coturn coturn = new Coturn(Files.createTempDirectory("coturn"), new InetSocketAddress(LOOPBACK, freePort()));
      try {
        coturn.run(options);
        return coturn;
      } catch (BindException | AssertionError failed) {
        coturn.close();
        if (attempt == STARTS || failed instanceof AssertionError) {
          throw failed;
        }
      }
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private void run(String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(PROGRAM, "-n", "--no-cli", "-m", "0",
      "--listening-ip", "127.0.0.1", "-p", "" + address.getPort(), "--tls-listening-port", "" + address.getPort(),
      "--lt-cred-mech", "-u", ANN.username() + ":" + ANN.password(), "-r", "test.example",
      "--cert", identity.certificate().toString(), "--pkey", identity.key().toString(),
      "--pidfile", directory.resolve("pid").toString(), "-b", directory.resolve("db").toString(),
      "--log-file", "stdout", "--simple-log"));
    command.addAll(Arrays.asList(options));
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true)
        .redirectOutput(directory.resolve("log").toFile()).start();
    } catch (IOException e) {
      Assertions.fail("coturn is not installed: the Debian package coturn brings turnserver "
        + "(sudo apt-get install -y coturn)", e);
    }
    awaitAnswer();
  }

  /** Waits until it answers over UDP and takes connections. */
  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    byte[] question = StunBuilder.request(StunMethod.BINDING, TransactionId.random(new SecureRandom())).build();
    try (DatagramSocket socket = new DatagramSocket(0, LOOPBACK)) {
      socket.setSoTimeout(50);
      while (!isAnswered(socket, question) || !isListening()) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new BindException("turnserver did not start:\n" + Files.readString(directory.resolve("log")));
        }
      }
    }
  }

  private boolean isAnswered(DatagramSocket socket, byte[] question) throws IOException {
    try {
      socket.send(new DatagramPacket(question, question.length, address));
      socket.receive(new DatagramPacket(new byte[2_048], 2_048));
      return true;
    } catch (SocketTimeoutException silent) {
      return false;
    }
  }

  private boolean isListening() throws IOException {
    try (Socket probe = new Socket()) {
      probe.connect(address, 1_000);
      return true;
    } catch (ConnectException notYet) {
      return false;
    }
  }

  /** Ends the server and starts another one that knows nothing of the first, on the same port. */
  void restart(String... options) throws Exception {
    stop();
    run(options);
  }

  private void stop() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  @Override
  public void close() throws Exception {
    stop();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
