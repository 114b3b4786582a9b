package io.aiconexus.trouble;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * Machines of a network that exists for one test: a namespace each, on one bridge, which is in a namespace of its own.
 * With it everything goes: what runs on them, their interfaces and their rules.
 */
final class Network implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String NET = "10.77.0.";

  private final String prefix = "aicx" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
  private final String bridge = prefix + "br";
  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final Thread lastResort = new Thread(this::close);
  private boolean closed;

  Network() {
    Runtime.getRuntime().addShutdownHook(lastResort);
    namespace(bridge);
    in(bridge, "ip", "link", "add", "br0", "type", "bridge");
    in(bridge, "ip", "link", "set", "br0", "up");
  }

  /** Skips the test, with the reason, where namespaces and rules cannot be made. */
  static void assumeItCanBeMade() {
    String name = "aicx" + ProcessHandle.current().pid() + "-try";
    Shell.Result added = Shell.attempt("ip", "netns", "add", name);
    Assumptions.assumeTrue(added.exit() == 0, () -> "needs root and iproute2: ip netns add says " + added.output());
    try {
      Shell.Result ruled = Shell.attempt("ip", "netns", "exec", name, "nft", "add", "table", "inet", "aicx");
      Assumptions.assumeTrue(ruled.exit() == 0, () -> "needs nftables: nft says " + ruled.output());
    } finally {
      Shell.run("ip", "netns", "del", name);
    }
  }

  /** A machine on the bridge; its address ends with {@code number}. */
  Machine machine(int number) {
    String name = prefix + number;
    namespace(name);
    in(name, "ip", "link", "add", "eth0", "type", "veth", "peer", "name", "port" + number, "netns", bridge);
    in(bridge, "ip", "link", "set", "port" + number, "master", "br0", "up");
    return up(name, number);
  }

  /** A machine whose wire to the bridge takes so long, each way. */
  Machine machine(int number, int delayMs) {
    String name = prefix + number;
    namespace(name);
    DelayWire wire = new DelayWire(name, "eth0", bridge, "port" + number, delayMs);
    toClose.push(wire);
    in(bridge, "ip", "link", "set", "port" + number, "master", "br0", "up");
    return up(name, number);
  }

  static String address(int number) {
    return NET + number;
  }

  private Machine up(String name, int number) {
    Machine machine = new Machine(name, number, toClose::push);
    machine.run("ip", "link", "set", "lo", "up");
    machine.run("ip", "link", "set", "eth0", "up");
    machine.run("ip", "addr", "add", address(number) + "/24", "dev", "eth0");
    return machine;
  }

  private void namespace(String name) {
    Shell.run("ip", "netns", "add", name);
    toClose.push(() -> Shell.run("ip", "netns", "del", name));
    Shell.run("ip", "netns", "exec", name, "sysctl", "-q", "-w", "net.ipv6.conf.all.disable_ipv6=1",
      "net.ipv6.conf.default.disable_ipv6=1");
  }

  static void in(String namespace, String... command) {
    String[] whole = new String[command.length + 4];
    List.of("ip", "netns", "exec", namespace).toArray(whole);
    System.arraycopy(command, 0, whole, 4, command.length);
    Shell.run(whole);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    Throwable first = null;
    while (!toClose.isEmpty()) {
      try {
        toClose.pop().close();
      } catch (Exception | AssertionError e) {
        first = first == null ? e : first;
      }
    }
    if (Thread.currentThread() != lastResort) {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    }
    if (first != null) {
      throw new AssertionError("not everything of " + prefix + " is gone", first);
    }
  }
}
