package io.aiconexus.webrtc;

class NativeOffersJvmTest extends Interop {

  NativeOffersJvmTest() {
    super("native", "jvm");
  }
}
