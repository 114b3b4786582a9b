package io.aiconexus.webrtc.jvm;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The addresses of this machine that others may reach it at, as its interfaces have them at the moment.
 * <p>
 * Asking the system takes up to some milliseconds, so that happens on a worker thread and is good for two seconds.
 */
final class HostAddresses {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(2);
  /** More are no help to anybody and only cost checks; container hosts have hundreds. */
  private static final int MOST = 16;

  private record Known(List<InetAddress> addresses, long at) { }

  private final Vertx vertx;
  private final JvmOptions options;
  private volatile Known known = new Known(List.of(), System.nanoTime() - FRESH_NANOS - 1);

  HostAddresses(Vertx vertx, JvmOptions options) {
    this.vertx = vertx;
    this.options = options;
  }

  /** The best first. */
  Future<List<InetAddress>> now() {
    Known last = known;
    if (System.nanoTime() - last.at() <= FRESH_NANOS) {
      return Future.succeededFuture(last.addresses());
    }
    return vertx.executeBlocking(() -> {
      known = new Known(read(), System.nanoTime());
      return known.addresses();
    }, false);
  }

  private List<InetAddress> read() throws SocketException {
    List<InetAddress> found = new ArrayList<>();
    List<InetAddress> loopback = new ArrayList<>();
    Enumeration<NetworkInterface> interfaces = NetworkInterface.getNetworkInterfaces();
    while (interfaces != null && interfaces.hasMoreElements()) {
      NetworkInterface each = interfaces.nextElement();
      if (each.isUp()) {
        each.inetAddresses().filter(this::isUsable)
          .forEach(address -> (address.isLoopbackAddress() ? loopback : found).add(address));
      }
    }
    if (found.isEmpty() || options.loopback()) {
      found.addAll(loopback);
    }
    return found.stream().sorted(Comparator.comparing(InetAddress::isLoopbackAddress)).limit(MOST).toList();
  }

  private boolean isUsable(InetAddress address) {
    boolean family = options.ipv6() || !(address instanceof Inet6Address);
    return family && !address.isLinkLocalAddress() && !address.isAnyLocalAddress() && !address.isMulticastAddress();
  }
}
