package io.aiconexus.webrtc;

class JvmOffersNativeTest extends Interop {

  JvmOffersNativeTest() {
    super("jvm", "native");
  }
}
