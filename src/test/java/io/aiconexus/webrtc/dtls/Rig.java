package io.aiconexus.webrtc.dtls;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A loop and workers for a test; closing it proves that their threads ended. */
final class Rig implements AutoCloseable {

  final ExecutorService loop = Executors.newSingleThreadExecutor(work -> new Thread(work, "dtls-test-loop"));
  final DtlsWorkers workers;

  Rig() {
    this(16, 1024);
  }

  Rig(int threads, int waiting) {
    workers = new DtlsWorkers("dtls-test", threads, waiting);
  }

  Pair pair(Network network) {
    return new Pair(loop, workers, DtlsSettings.DEFAULTS, network);
  }

  static long liveWorkers() {
    Thread[] threads = new Thread[Thread.activeCount() + 64];
    int count = Thread.enumerate(threads);
    return Arrays.stream(threads, 0, count).map(Thread::getName)
      .filter(name -> name.matches("dtls-test-(client|server)-.*")).count();
  }

  @Override
  public void close() throws InterruptedException {
    workers.close();
    loop.shutdown();
    if (!loop.awaitTermination(10, TimeUnit.SECONDS) || !workers.awaitEnd(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("threads left behind: " + liveWorkers());
    }
  }
}
