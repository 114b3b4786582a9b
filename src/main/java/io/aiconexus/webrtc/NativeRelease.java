package io.aiconexus.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.internal.NativeObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.Properties;

/**
 * Gives back the peer connection that {@code RTCPeerConnection.close()} of webrtc-java 0.14.0 keeps for ever: 65 KiB
 * each.
 * <p>
 * All reference-counted objects of libwebrtc share the first virtual slots, and {@code RTCDataChannel.dispose()} does
 * nothing but drop one reference of whatever its handle points to. So the handle of the closed connection is put into
 * an empty channel, and that is disposed. Only with exactly the version this was proved with; upstream releases the
 * handle itself after 0.15.0 (devopvoid/webrtc-java #272), and then this switches itself off.
 */
final class NativeRelease {

  /** The one version whose native layout this knows. */
  static final String VERSION = "0.14.0";

  private static final String POM = "/META-INF/maven/dev.onvoid.webrtc/webrtc-java/pom.properties";

  private final Field handle;
  private final Constructor<RTCDataChannel> channel;
  private final String off;

  private NativeRelease(Field handle, Constructor<RTCDataChannel> channel, String off) {
    this.handle = handle;
    this.channel = channel;
    this.off = off;
  }

  /** Checks version and shape of the binding; {@link #off} says what it found. */
  static NativeRelease of(boolean wanted, String version) {
    if (!wanted) {
      return new NativeRelease(null, null, "webrtc.native.release_handles is false");
    }
    if (!VERSION.equals(version)) {
      return new NativeRelease(null, null, "webrtc-java is " + version + ", not " + VERSION);
    }
    try {
      Field handle = NativeObject.class.getDeclaredField("nativeHandle");
      Constructor<RTCDataChannel> channel = RTCDataChannel.class.getDeclaredConstructor();
      handle.setAccessible(true);
      channel.setAccessible(true);
      return handle.getLong(channel.newInstance()) == 0
        ? new NativeRelease(handle, channel, null)
        : new NativeRelease(null, null, "a new RTCDataChannel does not begin with handle 0");
    } catch (ReflectiveOperationException | RuntimeException e) {
      return new NativeRelease(null, null, "the binding is not as expected: " + e);
    }
  }

  /** The version of webrtc-java on the class path, or {@code unknown}. */
  static String version() {
    try (InputStream in = RTCPeerConnection.class.getResourceAsStream(POM)) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Why nothing is released, or null when it is. */
  String off() {
    return off;
  }

  /** Reads the handle; before {@code close()}, which clears it. 0 when nothing is to be released. */
  long handleOf(RTCPeerConnection connection) {
    if (off != null) {
      return 0;
    }
    try {
      return handle.getLong(connection);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the check at start found this field accessible", e);
    }
  }

  /**
   * Drops the reference that {@code close()} kept; after it, on the same lane, once per handle.
   *
   * @return whether it was the last one, so that the memory is back
   */
  boolean release(long pointer) {
    if (pointer == 0) {
      return false;
    }
    try {
      RTCDataChannel carrier = channel.newInstance();
      handle.setLong(carrier, pointer);
      carrier.dispose();
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the check at start could do this", e);
    } catch (Error notTheLast) {
      // dispose() throws a plain java.lang.Error when others still hold the object; its reference is dropped all the
      // same.
      if (notTheLast.getClass() != Error.class) {
        throw notTheLast;
      }
      return false;
    }
  }
}
