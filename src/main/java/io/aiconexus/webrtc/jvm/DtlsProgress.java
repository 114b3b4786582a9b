package io.aiconexus.webrtc.jvm;

import java.util.Locale;

/** How far DTLS is: W3C RTCDtlsTransportState. */
enum DtlsProgress {

  NEW, CONNECTING, CONNECTED, GONE, FAILED;

  /** The name of W3C WebRTC; {@code closed} when the other end said goodbye. */
  String w3c() {
    return this == GONE ? "closed" : name().toLowerCase(Locale.ROOT);
  }
}
