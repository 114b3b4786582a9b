package io.aiconexus.webrtc;

import io.aiconexus.bench.OwnProcess;
import io.aiconexus.webrtc.SoakLife.Deeds;
import io.aiconexus.webrtc.jvm.JvmOptions;
import io.aiconexus.webrtc.jvm.Weather;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Lives of connections for as long as asked, sixteen at a time, while one datagram in a hundred of the engine in Java is
 * lost and one comes late; about ten times in between, with none alive, says what the process holds.
 * <p>
 * Arguments: the engine at the other end (jvm), minutes (3), seed (1). Prints a line of JSON each time. The first thing
 * that goes wrong ends it, with exit code 1. Linux only.
 */
public final class Soak {

  private static final int AT_ONCE = 16;

  private final Vertx vertx;
  private final Engine engine;
  private final Engine other;
  private final long end;
  private final AtomicLong seed;
  private final ReadWriteLock alive = new ReentrantReadWriteLock(true);
  private Deeds deeds = new Deeds(0, 0, 0, 0);

  private Soak(Vertx vertx, Engine engine, Engine other, long seconds, long seed) {
    this.vertx = vertx;
    this.engine = engine;
    this.other = other;
    this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    this.seed = new AtomicLong(seed);
  }

  /** Runs it. */
  public static void main(String[] arguments) throws Exception {
    String name = arguments.length > 0 ? arguments[0] : "jvm";
    int minutes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    Vertx vertx = Vertx.vertx();
    Weather weather = new Weather(0.01, 0.01, seed);
    Engine engine = End.await(weather.engine(vertx, JvmOptions.DEFAULTS));
    Engine other = name.equals("jvm") ? engine : EngineUnderTest.named(name, vertx, NativeOptions.DEFAULTS);
    try {
      new Soak(vertx, engine, other, 60L * minutes, seed).run(6L * minutes, weather);
    } catch (Throwable failed) {
      failed.printStackTrace();
      System.exit(1);
    }
    End.await(other.close());
    End.await(engine.close());
    End.await(vertx.close());
  }

  private void run(long secondsBetweenLooks, Weather weather) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> lives = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        lives.add(threads.submit(this::liveOnAndOn));
      }
      for (int look = 1; System.nanoTime() < end; look++) {
        TimeUnit.SECONDS.sleep(secondsBetweenLooks);
        for (Future<?> life : lives) {
          if (life.isDone()) {
            life.get();
          }
        }
        System.out.println(look(look).put("lost", weather.lost()).encode());
      }
      for (Future<?> life : lives) {
        life.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private void liveOnAndOn() {
    while (System.nanoTime() < end) {
      alive.readLock().lock();
      long which = seed.getAndIncrement();
      try {
        boolean offers = which % 2 == 0;
        Deeds done = SoakLife.live(vertx, offers ? engine : other, offers ? other : engine, which);
        add(done);
      } catch (Throwable failed) {
        throw new AssertionError("the life of seed " + which, failed);
      } finally {
        alive.readLock().unlock();
      }
    }
  }

  private synchronized void add(Deeds done) {
    deeds = deeds.plus(done);
  }

  private synchronized Deeds deeds() {
    return deeds;
  }

  /** What is there while nobody lives. */
  private JsonObject look(int number) throws IOException {
    alive.writeLock().lock();
    try {
      System.gc();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      Deeds done = deeds();
      return new JsonObject().put("look", number).put("connections", done.connections()).put("messages", done.messages())
        .put("megabytes", done.bytes() / 1_000_000).put("restarts", done.restarts())
        .put("heap_kib", (runtime.totalMemory() - runtime.freeMemory()) / 1024)
        .put("rss_kib", OwnProcess.residentKib()).put("descriptors", OwnProcess.descriptors())
        .put("threads", ManagementFactory.getThreadMXBean().getThreadCount()).put("left", engine.status().connections() + other.status().connections());
    } finally {
      alive.writeLock().unlock();
    }
  }
}
