package io.aiconexus.webrtc;

/** State of a connection as a whole (W3C WebRTC, RTCPeerConnectionState). */
public enum ConnectionState { NEW, CONNECTING, CONNECTED, DISCONNECTED, FAILED, CLOSED }
