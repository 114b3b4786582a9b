package io.aiconexus.webrtc.ice;

import java.net.InetSocketAddress;

/**
 * The path that data takes.
 *
 * @param socket what to send from
 * @param to where to send to
 * @param local our candidate, as the peer sees it
 * @param remote the peer's candidate
 * @param nominated false while it is only the best one so far
 */
public record SelectedPair(SocketHandle socket, InetSocketAddress to, Candidate local, Candidate remote,
    boolean nominated) {
}
