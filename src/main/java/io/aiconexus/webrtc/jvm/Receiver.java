package io.aiconexus.webrtc.jvm;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Who gets the datagrams of a connection; everything on the loop of its sockets. */
interface Receiver {

  /** A STUN message, from its position to its limit. */
  void onStun(ByteBuffer datagram, UdpSocket socket, InetSocketAddress from);

  /** A DTLS record or several, from position to limit. */
  void onDtls(ByteBuffer datagram);

  /** Nothing more is there to read at the moment. */
  void endOfBurst();

  /** A shared socket leads to another connection at that address: a socket of its own is needed. */
  void onTaken(UdpSocket socket, InetSocketAddress remote);
}
