package io.aiconexus.trouble;

import java.util.List;
import java.util.function.Consumer;

/** One machine of a {@link Network}. */
final class Machine {

  private final String namespace;
  private final Consumer<AutoCloseable> toClose;
  private int number;

  Machine(String namespace, int number, Consumer<AutoCloseable> toClose) {
    this.namespace = namespace;
    this.number = number;
    this.toClose = toClose;
  }

  /** Its IPv4 address. */
  String address() {
    return Network.address(number);
  }

  void run(String... command) {
    Network.in(namespace, command);
  }

  /** Runs a main class on it. */
  Child java(String main, String... arguments) {
    Child child = Child.start(List.of("ip", "netns", "exec", namespace), main, arguments);
    toClose.accept(child);
    return child;
  }

  /** It gets another address in place of the one it has, as in another Wi-Fi. */
  void moveTo(int newNumber) {
    run("ip", "addr", "del", address() + "/24", "dev", "eth0");
    number = newNumber;
    run("ip", "addr", "add", address() + "/24", "dev", "eth0");
  }

  /** Drops every UDP datagram, both ways. */
  void blockUdp() {
    rules("meta l4proto udp drop");
  }

  /** Drops so many of a hundred packets that come, by chance, whatever they are. */
  void lose(int percent) {
    run("nft", "add table inet aicx; add chain inet aicx in { type filter hook input priority 0; }; "
      + "add rule inet aicx in numgen random mod 100 < " + percent + " drop");
  }

  /** Lets everything pass again. */
  void unblock() {
    run("nft", "delete table inet aicx");
  }

  private void rules(String rule) {
    run("nft", "add table inet aicx; add chain inet aicx in { type filter hook input priority 0; }; "
      + "add chain inet aicx out { type filter hook output priority 0; }; "
      + "add rule inet aicx in " + rule + "; add rule inet aicx out " + rule);
  }
}
