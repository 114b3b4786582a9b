package io.aiconexus.webrtc.dtls;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.Random;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * The same measurements as {@link DtlsBenchmark} for what was not chosen: the {@link SSLEngine} of the Java runtime, on
 * one thread, with a simulated clock under loss. Argument: a PKCS#12 file with a P-256 key that trusts itself, password
 * {@code changeit}.
 */
public final class SslEngineBenchmark {

  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final int RECORD_BYTES = 1163;
  private static final long FIRST_MILLIS = 200;
  private static final long LIMIT_MILLIS = 30_000;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final SSLContext context = SSLContext.getInstance("DTLSv1.2");

  private SslEngineBenchmark(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    var own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    var trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
  }

  public static void main(String[] arguments) throws Exception {
    var benchmark = new SslEngineBenchmark(Path.of(arguments[0]));
    for (int round = 0; round < 3; round++) {
      benchmark.handshakes();
    }
    for (double loss : new double[] {0, 0.05, 0.2}) {
      benchmark.loss(loss);
    }
    for (int round = 0; round < 5; round++) {
      benchmark.records();
    }
  }

  /** One end: an engine, what it has to say, and when it says it again. */
  private final class Side {
    private final SSLEngine engine = context.createSSLEngine();
    private final Queue<byte[]> inbox = new ArrayDeque<>();
    private final ByteBuffer net = ByteBuffer.allocate(33_000);
    private final ByteBuffer app = ByteBuffer.allocate(33_000);
    private long wait = FIRST_MILLIS;
    private long deadline = FIRST_MILLIS;
    private boolean done;

    Side(boolean client) throws SSLException {
      engine.setUseClientMode(client);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
      parameters.setMaximumPacketSize(1200);
      parameters.setNeedClientAuth(true);
      engine.setSSLParameters(parameters);
      engine.beginHandshake();
    }

    /** Goes on as far as it can; what is to be sent goes to {@code peer}, if {@code random} lets it. */
    void pump(Side peer, Random random, double loss) throws SSLException {
      for (int idle = 0; idle < 8;) {
        switch (engine.getHandshakeStatus()) {
          case NEED_TASK -> runTasks();
          case NEED_WRAP -> idle += wrap(peer, random, loss) ? 0 : 1;
          case NEED_UNWRAP_AGAIN -> idle += unwrap(ByteBuffer.allocate(0)) ? 0 : 1;
          default -> {
            byte[] datagram = inbox.poll();
            if (datagram == null) {
              return;
            }
            unwrap(ByteBuffer.wrap(datagram));
          }
        }
      }
    }

    private void runTasks() {
      for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
        task.run();
      }
    }

    boolean wrap(Side peer, Random random, double loss) throws SSLException {
      SSLEngineResult result = engine.wrap(ByteBuffer.allocate(0), net.clear());
      note(result);
      if (net.position() > 0 && random.nextDouble() >= loss) {
        peer.inbox.add(Arrays.copyOf(net.array(), net.position()));
      }
      return net.position() > 0;
    }

    private boolean unwrap(ByteBuffer datagram) throws SSLException {
      SSLEngineResult result = engine.unwrap(datagram, app.clear());
      note(result);
      return result.bytesConsumed() > 0;
    }

    private void note(SSLEngineResult result) {
      done |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
    }

    /** The usual way to make the engine repeat its flight. */
    void repeat(Side peer, Random random, double loss) throws SSLException {
      wait *= 2;
      deadline += wait;
      if (!done && engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP) {
        wrap(peer, random, loss);
        pump(peer, random, loss);
      }
    }
  }

  /** Simulated milliseconds until both ends were done; NaN if they never were. */
  private double shakeHands(Random random, double loss) throws SSLException {
    Side client = new Side(true);
    Side server = new Side(false);
    long now = 0;
    while (now < LIMIT_MILLIS) {
      do {
        client.pump(server, random, loss);
        server.pump(client, random, loss);
      } while (!client.inbox.isEmpty() || !server.inbox.isEmpty());
      if (client.done && server.done) {
        return now;
      }
      now = Math.min(client.deadline, server.deadline);
      Side first = client.deadline == now ? client : server;
      first.repeat(first == client ? server : client, random, loss);
    }
    return Double.NaN;
  }

  private void handshakes() throws SSLException {
    int pairs = 300;
    long cpu = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    for (int pair = 0; pair < pairs; pair++) {
      shakeHands(new Random(pair), 0);
    }
    System.out.printf("SSLEngine handshakes on one thread: %.0f pairs/s, %.2f ms CPU a pair%n",
      pairs * 1e9 / (System.nanoTime() - start), (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6 / pairs);
  }

  private void loss(double loss) {
    double[] millis = new double[200];
    for (int seed = 0; seed < millis.length; seed++) {
      try {
        millis[seed] = shakeHands(new Random(seed), loss);
      } catch (SSLException e) {
        millis[seed] = Double.NaN;
      }
    }
    double[] done = Arrays.stream(millis).filter(one -> !Double.isNaN(one)).sorted().toArray();
    System.out.printf("SSLEngine loss %.0f %%: %d of 200, p50 %.0f p90 %.0f p99 %.0f max %.0f ms%n",
      loss * 100, done.length, done[done.length / 2], done[done.length * 9 / 10], done[done.length * 99 / 100],
      done[done.length - 1]);
  }

  private void records() throws SSLException {
    Side client = new Side(true);
    Side server = new Side(false);
    do {
      client.pump(server, new Random(0), 0);
      server.pump(client, new Random(0), 0);
    } while (!client.done || !server.done);
    ByteBuffer data = ByteBuffer.allocate(RECORD_BYTES - 8);
    long writing = 0;
    long reading = 0;
    int count = 200_000;
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      client.engine.wrap(data.clear(), client.net.clear());
      long middle = System.nanoTime();
      server.engine.unwrap(client.net.flip(), server.app.clear());
      writing += middle - start;
      reading += System.nanoTime() - middle;
    }
    double bytes = (double) count * data.capacity();
    System.out.printf("SSLEngine records: write %.0f MB/s, read %.0f MB/s%n",
      bytes / writing * 1e3, bytes / reading * 1e3);
  }
}
