package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.turn.TurnCredentials;
import java.net.InetSocketAddress;

/**
 * A TURN server that is talked to over UDP.
 *
 * @param url as it was configured
 * @param address resolved
 * @param credentials null for a server that wants none
 */
record TurnServer(String url, InetSocketAddress address, TurnCredentials credentials) {
}
