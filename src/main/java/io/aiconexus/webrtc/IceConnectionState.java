package io.aiconexus.webrtc;

/** State of the ICE transport (W3C WebRTC, RTCIceConnectionState). */
public enum IceConnectionState { NEW, CHECKING, CONNECTED, COMPLETED, DISCONNECTED, FAILED, CLOSED }
