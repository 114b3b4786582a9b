package io.aiconexus.webrtc;

/** State of a data channel (W3C WebRTC, RTCDataChannelState). */
public enum DataChannelState { CONNECTING, OPEN, CLOSING, CLOSED }
