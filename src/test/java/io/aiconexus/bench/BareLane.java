package io.aiconexus.bench;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A factory of webrtc-java and a thread for it. */
final class BareLane implements AutoCloseable {

  private final HeadlessAudioDeviceModule audio = new HeadlessAudioDeviceModule();
  private final PeerConnectionFactory factory = new PeerConnectionFactory(audio);
  private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
    Thread made = new Thread(task, "bare-lane");
    made.setDaemon(true);
    return made;
  });

  PeerConnectionFactory factory() {
    return factory;
  }

  void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException late) {
      // A callback after the end of the measurement; there is nobody left who waits for it.
      return;
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    factory.dispose();
    audio.dispose();
  }
}
