package io.aiconexus.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One libwebrtc factory and the one Java thread that makes every call into it.
 * <p>
 * Each call blocks on one of the factory's native threads, so none is made anywhere else; and since there is one
 * thread, there is no lock that a callback could wait for.
 */
final class NativeLane {

  private static final Logger log = LoggerFactory.getLogger(NativeLane.class);

  private final String name;
  private final ScheduledThreadPoolExecutor thread;
  private final Promise<Void> started = Promise.promise();
  private final Promise<Void> disposed = Promise.promise();
  private final LongAdder received = new LongAdder();
  private final LongAdder thrown = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private final LongAdder released = new LongAdder();
  private final byte[] heap = new byte[SdpLines.MAX_MESSAGE];
  private final ByteBuffer direct = ByteBuffer.allocateDirect(SdpLines.MAX_MESSAGE);
  private HeadlessAudioDeviceModule audio;
  private PeerConnectionFactory factory;

  NativeLane(String name) {
    this.name = name;
    this.thread = new ScheduledThreadPoolExecutor(1, task -> {
      Thread made = new Thread(task, name);
      made.setDaemon(true);
      return made;
    });
    thread.setRemoveOnCancelPolicy(true);
    execute(this::start);
  }

  /** Succeeds once the factory is there. */
  Future<Void> started() {
    return started.future();
  }

  /** Runs it on the lane's thread, in order; what it throws is logged. A lane that is disposed runs nothing more. */
  void execute(Runnable task) {
    try {
      thread.execute(guarded(task));
    } catch (RejectedExecutionException e) {
      log.debug("{}: nothing runs after it was disposed", name);
    }
  }

  /** The same, after so many milliseconds. */
  void later(long millis, Runnable task) {
    try {
      thread.schedule(guarded(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("{}: nothing runs after it was disposed", name);
    }
  }

  /** Lane thread only. */
  PeerConnectionFactory factory() {
    return factory;
  }

  /** Wraps what a callback does: an exception that left it would abort the JVM. */
  void callback(Runnable body) {
    try {
      body.run();
    } catch (Throwable e) {
      thrown.increment();
      log.error("{}: a callback of libwebrtc threw", name, e);
    }
  }

  /**
   * A message as a direct buffer of its exact size, good until the next one; lane thread only. libwebrtc sends a direct
   * buffer's whole capacity, and has copied it when {@code send} returns.
   */
  ByteBuffer direct(Buffer message) {
    int length = message.length();
    message.getBytes(heap);
    direct.clear().put(heap, 0, length);
    return direct.slice(0, length);
  }

  void countReceived() {
    received.increment();
  }

  void countClosed() {
    closed.increment();
  }

  void countReleased() {
    released.increment();
  }

  long received() {
    return received.sum();
  }

  /** Messages received, connections closed, those of them whose memory is back, and exceptions out of callbacks. */
  JsonObject details() {
    return new JsonObject().put("messages", received.sum()).put("closed", closed.sum())
      .put("released", released.sum()).put("callback_errors", thrown.sum());
  }

  /** Ends the factory and its audio module; only when no connection of it is left. */
  Future<Void> dispose() {
    execute(() -> {
      try {
        if (factory != null) {
          factory.dispose();
          audio.dispose();
        }
      } finally {
        thread.shutdown();
        disposed.complete();
      }
    });
    return disposed.future();
  }

  private void start() {
    try {
      audio = new HeadlessAudioDeviceModule();
      factory = new PeerConnectionFactory(audio);
      started.complete();
    } catch (Throwable e) {
      log.error("{}: libwebrtc does not start", name, e);
      started.fail(e);
    }
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable e) {
        log.error("{}: a call into libwebrtc failed", name, e);
      }
    };
  }
}
