package io.aiconexus.webrtc.dtls;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads on which handshakes compute and wait for their peers.
 * <p>
 * Clients and servers have threads of their own. A server's handshake begins with the client's first message, so it
 * only ever waits for a client that has a thread already, and nodes whose threads are all taken cannot wait for each
 * other in a circle.
 */
public final class DtlsWorkers implements AutoCloseable {

  private static final long IDLE_SECONDS = 10;
  /** A handshake needs about 30 KiB of stack; the usual 1 MiB would be reserved for nothing. */
  private static final long STACK_BYTES = 256 * 1024;

  private final ThreadPoolExecutor clients;
  private final ThreadPoolExecutor servers;

  /**
   * Threads start when they are needed and end after 10 s without work.
   *
   * @param name begins the threads' names
   * @param threads how many handshakes of each role run at once; each holds one for as long as its peer takes to answer
   * @param waiting how many more of each role wait for a thread; beyond it they end with {@link
   *     DtlsCloseReason#OVERLOADED}
   * @throws IllegalArgumentException if one of the numbers is below 1
   */
  public DtlsWorkers(String name, int threads, int waiting) {
    if (threads < 1 || waiting < 1) {
      throw new IllegalArgumentException("dtls workers need at least 1 thread and 1 place to wait, not "
        + threads + " and " + waiting);
    }
    clients = pool(name + "-client-", threads, waiting);
    servers = pool(name + "-server-", threads, waiting);
  }

  private static ThreadPoolExecutor pool(String name, int threads, int waiting) {
    AtomicLong number = new AtomicLong();
    var pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
      new ArrayBlockingQueue<>(waiting), work -> {
        Thread thread = new Thread(null, work, name + number.getAndIncrement(), STACK_BYTES);
        thread.setDaemon(true);
        return thread;
      });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  Executor of(DtlsRole role) {
    return role == DtlsRole.CLIENT ? clients : servers;
  }

  /**
   * Ends running handshakes and forgets those that wait. Close the transports first, so that their listeners hear of
   * it.
   */
  @Override
  public void close() {
    clients.shutdownNow();
    servers.shutdownNow();
  }

  /**
   * Waits until no thread of these is left, after {@link #close}; false if that takes longer. Not for an event loop.
   */
  public boolean awaitEnd(long time, TimeUnit unit) throws InterruptedException {
    long end = System.nanoTime() + unit.toNanos(time);
    return clients.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)
      && servers.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
  }
}
