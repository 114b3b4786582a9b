package io.aiconexus.webrtc.jvm;

/** How far DTLS is: W3C RTCDtlsTransportState. */
enum DtlsProgress {

  NEW, CONNECTING, CONNECTED, GONE, FAILED;

  /** The name of W3C WebRTC; {@code closed} when the other end said goodbye. */
  String w3c() {
    return this == GONE ? "closed" : name().toLowerCase(java.util.Locale.ROOT);
  }
}
