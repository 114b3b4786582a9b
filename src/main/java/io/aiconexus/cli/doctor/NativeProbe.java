package io.aiconexus.cli.doctor;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;

/** Loads the native WebRTC library and makes one factory, in a process of its own that may crash. */
final class NativeProbe {

  /** The exit status when the library cannot be loaded; the reason is on standard error. */
  static final int NOT_LOADED = 3;

  private NativeProbe() {
  }

  /** Ends with 0 when it works; what it says on the way is not meant for people. */
  public static void main(String[] arguments) {
    try {
      new PeerConnectionFactory(new HeadlessAudioDeviceModule()).dispose();
    } catch (LinkageError | RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      System.err.println(cause);
      System.exit(NOT_LOADED);
    }
    System.exit(0);
  }
}
