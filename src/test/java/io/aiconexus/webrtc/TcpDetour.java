package io.aiconexus.webrtc;

import io.aiconexus.webrtc.ice.Candidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** A way of real TCP connections to passive candidates, which can be cut, and held up on the way there. */
final class TcpDetour implements AutoCloseable {

  private static final int BUFFER_BYTES = 64 << 10;

  private final List<ServerSocket> doors = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile CountDownLatch held = new CountDownLatch(0);
  private int carried;
  private boolean closed;

  /** The same candidate at an address of the detour; without one unless it is passive and of IPv4. */
  synchronized Optional<IceCandidate> lead(IceCandidate candidate) {
    if (candidate.isEnd()) {
      return Optional.of(candidate);
    }
    Candidate real = Candidate.parse(candidate.candidate());
    if (!Candidate.PASSIVE.equals(real.tcpType()) || !(real.address().getAddress() instanceof Inet4Address)) {
      return Optional.empty();
    }
    Candidate led = new Candidate(real.foundation(), real.component(), real.transport(), real.priority(),
      to(real.address()), real.type(), null, real.tcpType(), real.extensions());
    return Optional.of(new IceCandidate(led.line(), candidate.sdpMid(), candidate.sdpMLineIndex(),
      candidate.usernameFragment()));
  }

  private InetSocketAddress to(InetSocketAddress target) {
    try {
      ServerSocket door = new ServerSocket();
      door.setReceiveBufferSize(BUFFER_BYTES);
      door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      doors.add(door);
      start(() -> accept(door, target));
      return (InetSocketAddress) door.getLocalSocketAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends every connection that there is; new ones can be made. */
  synchronized void cut() {
    sockets.forEach(TcpDetour::close);
    sockets.clear();
  }

  /** Carries nothing more to the passive end, or goes on. */
  void hold(boolean hold) {
    held.countDown();
    held = new CountDownLatch(hold ? 1 : 0);
  }

  /** How many connections there have been. */
  synchronized int carried() {
    return carried;
  }

  private void accept(ServerSocket door, InetSocketAddress target) {
    try {
      while (true) {
        Socket near = door.accept();
        Socket far = new Socket(target.getAddress(), target.getPort());
        join(near, far);
      }
    } catch (IOException theDoorIsShut) {
      close(door);
    }
  }

  private synchronized void join(Socket near, Socket far) {
    sockets.addAll(List.of(near, far));
    carried++;
    start(() -> carry(near, far, true));
    start(() -> carry(far, near, false));
    if (closed) {
      cut();
    }
  }

  private void carry(Socket from, Socket to, boolean canBeHeld) {
    byte[] bytes = new byte[BUFFER_BYTES];
    try {
      for (int length = from.getInputStream().read(bytes); length >= 0; length = from.getInputStream().read(bytes)) {
        if (canBeHeld) {
          held.await();
        }
        to.getOutputStream().write(bytes, 0, length);
      }
    } catch (IOException ended) {
      close(from);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    close(to);
  }

  private synchronized void start(Runnable work) {
    Thread thread = new Thread(work, "tcp-detour");
    threads.add(thread);
    thread.start();
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
      doors.forEach(TcpDetour::close);
      cut();
    }
    hold(false);
    for (int i = 0; i < started(); i++) {
      thread(i).join();
    }
  }

  private synchronized int started() {
    return threads.size();
  }

  private synchronized Thread thread(int i) {
    return threads.get(i);
  }
}
