package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.stun.StunDemux;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Whose datagram it is that came in on a socket (RFC 7983, section 7).
 * <p>
 * A STUN request names its receiver, a STUN response belongs to who asked, and everything else to the connection that
 * talks to that address. So a shared socket carries at most one connection per remote address. That is enough because
 * whoever offers brings a socket of its own; a second connection from one and the same remote socket is told so and
 * gets a socket of its own here.
 */
final class Routes {

  private static final int FIRST_DTLS = 20;
  private static final int LAST_DTLS = 63;

  /** Who gets everything, when the socket is not shared. */
  private final Receiver only;
  private final boolean everything;
  private final Map<InetSocketAddress, Receiver> byAddress = new HashMap<>();
  private final Map<String, Receiver> byUfrag = new HashMap<>();
  private final Map<TransactionId, Receiver> asked = new HashMap<>();

  private Routes(Receiver only, boolean everything) {
    this.only = only;
    this.everything = everything;
  }

  static Routes shared() {
    return new Routes(null, false);
  }

  static Routes only(Receiver receiver) {
    return new Routes(receiver, false);
  }

  /** The same for one that takes what is neither STUN nor DTLS too, such as ChannelData (RFC 8656, section 12). */
  static Routes everything(Receiver receiver) {
    return new Routes(receiver, true);
  }

  /** Whose datagram it is; null when it is nobody's. */
  Receiver of(ByteBuffer datagram, UdpSocket socket, InetSocketAddress from) {
    if (everything) {
      return only;
    }
    if (isDtls(datagram)) {
      return only != null ? only : byAddress.get(from);
    }
    if (!StunDemux.isStun(datagram)) {
      return null;
    }
    return only != null ? only : ofStun(datagram, socket, from);
  }

  /** Whether it is DTLS rather than STUN, by its first byte. */
  static boolean isDtls(ByteBuffer datagram) {
    int first = datagram.hasRemaining() ? datagram.get(datagram.position()) : -1;
    return first >= FIRST_DTLS && first <= LAST_DTLS;
  }

  private Receiver ofStun(ByteBuffer datagram, UdpSocket socket, InetSocketAddress from) {
    if (!StunDemux.isBindingRequest(datagram)) {
      return asked.remove(StunDemux.transactionId(datagram));
    }
    String ufrag = StunDemux.targetUfrag(datagram);
    Receiver receiver = ufrag == null ? null : byUfrag.get(ufrag);
    if (receiver != null && isTaken(from, receiver)) {
      receiver.onTaken(socket, from);
      return null;
    }
    return receiver;
  }

  /** Whether another connection talks to that address through this socket. */
  boolean isTaken(InetSocketAddress remote, Receiver by) {
    Receiver owner = byAddress.get(remote);
    return owner != null && owner != by;
  }

  /** Leads what comes from that address to a connection, unless it leads to another one. */
  void claim(InetSocketAddress remote, Receiver receiver) {
    if (only == null) {
      byAddress.putIfAbsent(remote, receiver);
    }
  }

  /** Leads requests for that user name fragment to a connection. */
  void listen(String ufrag, Receiver receiver) {
    if (only == null) {
      byUfrag.put(ufrag, receiver);
    }
  }

  /** Leads the response to that request to a connection. */
  void asks(ByteBuffer request, Receiver receiver) {
    if (only == null && StunDemux.isBindingRequest(request)) {
      asked.put(StunDemux.transactionId(request), receiver);
    }
  }

  /** Nothing leads to that connection any more. */
  void forget(Receiver receiver) {
    byAddress.values().removeIf(each -> each == receiver);
    byUfrag.values().removeIf(each -> each == receiver);
    asked.values().removeIf(each -> each == receiver);
  }
}
