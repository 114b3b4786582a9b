package io.aiconexus.cli.doctor;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/** Whether there is a network interface that WebRTC can use: libwebrtc gathers no candidates on the loopback. */
final class InterfaceCheck {

  private static final String TOPIC = "network";

  private InterfaceCheck() {
  }

  static Finding run() {
    try {
      List<String> usable = new ArrayList<>();
      for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
        if (each.isUp() && !each.isLoopback()) {
          each.inetAddresses().filter(address -> !address.isLinkLocalAddress())
            .forEach(address -> usable.add(each.getName() + " " + plain(address)));
        }
      }
      return judge(usable);
    } catch (SocketException e) {
      return Finding.warn(TOPIC, "the interfaces cannot be listed: " + e.getMessage(), "run it as another user");
    }
  }

  static Finding judge(List<String> usable) {
    return usable.isEmpty()
      ? Finding.warn(TOPIC, "no interface but the loopback is up, and the native engine ignores that one",
        "connect the machine or the container to a network, or use --engine loopback within one process")
      : Finding.ok(TOPIC, String.join(", ", usable));
  }

  private static String plain(InetAddress address) {
    return address.getHostAddress().replaceFirst("%.*", "");
  }
}
