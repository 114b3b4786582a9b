package io.aiconexus.webrtc.sdp;

/**
 * A section that is not ours to use: audio, video, a second set of data channels, or one that was rejected.
 *
 * @param media such as {@code audio}
 * @param protocol such as {@code UDP/TLS/RTP/SAVPF}
 * @param formats the rest of the {@code m=} line, which an answer must repeat
 * @param mid its name, or null
 * @param rejected port 0 without {@code bundle-only}
 */
public record OtherSection(String media, String protocol, String formats, String mid, boolean rejected)
    implements Section {
}
