package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunError;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The IP addresses that the relay lets through (RFC 8656 section 9).
 * <p>
 * One that nothing went to or came from between two refreshes runs out, and is asked for again when it is needed.
 */
final class Permissions {
  /** Time between refreshes: a permission lives 5 minutes (RFC 8656 section 9). */
  static final long REFRESH_NANOS = 240_000_000_000L;

  private static final class Permission {
    final InetAddress peer;
    boolean used = true;
    boolean refused;
    /** NEVER while the server has not answered. */
    long refreshAt = TurnAllocation.NEVER;

    Permission(InetAddress peer) {
      this.peer = peer;
    }
  }

  private final Exchanges exchanges;
  private final TurnSettings settings;
  private final BiConsumer<InetAddress, Integer> onRefused;
  private final Consumer<StunError> onLost;
  private final Map<InetAddress, Permission> all = new HashMap<>();

  Permissions(Exchanges exchanges, TurnSettings settings, BiConsumer<InetAddress, Integer> onRefused,
      Consumer<StunError> onLost) {
    this.exchanges = exchanges;
    this.settings = settings;
    this.onRefused = onRefused;
    this.onLost = onLost;
  }

  /** Notes that a peer is in use and asks for its permission if need be; false if it is refused or one too many. */
  boolean use(InetAddress peer) {
    Permission permission = all.get(peer);
    if (permission == null) {
      if (all.size() >= settings.maxPermissions()) {
        return false;
      }
      permission = new Permission(peer);
      all.put(peer, permission);
      ask(permission);
    }
    permission.used = true;
    return !permission.refused;
  }

  /** Tells whether data from a peer is expected, and notes that it is in use. */
  boolean covers(InetAddress peer) {
    Permission permission = all.get(peer);
    if (permission != null) {
      permission.used = true;
    }
    return permission != null && !permission.refused;
  }

  private void ask(Permission permission) {
    permission.refreshAt = TurnAllocation.NEVER;
    InetSocketAddress peer = new InetSocketAddress(permission.peer, 0);
    exchanges.start(new Request(StunMethod.CREATE_PERMISSION, settings.transmissions(),
      request -> request.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer), new Request.Answer() {
        @Override
        public void onSuccess(StunMessage response, long now) {
          permission.refreshAt = now + REFRESH_NANOS;
        }

        @Override
        public void onError(StunError error, StunMessage response, long now) {
          refuse(permission, error, now);
        }
      }));
  }

  private void refuse(Permission permission, StunError error, long now) {
    if (TurnFailure.endsAllocation(error.code())) {
      onLost.accept(error);
      return;
    }
    permission.refused = true;
    permission.used = false;
    permission.refreshAt = now + REFRESH_NANOS;
    onRefused.accept(permission.peer, error.code());
  }

  void onTimer(long now) {
    List<Permission> due = new ArrayList<>(0);
    for (Permission permission : all.values()) {
      if (permission.refreshAt <= now) {
        due.add(permission);
      }
    }
    for (Permission permission : due) {
      if (permission.used && !permission.refused) {
        permission.used = false;
        ask(permission);
      } else {
        all.remove(permission.peer);
      }
    }
  }

  void clear() {
    all.clear();
  }

  long nextDeadline() {
    long next = TurnAllocation.NEVER;
    for (Permission permission : all.values()) {
      next = Math.min(next, permission.refreshAt);
    }
    return next;
  }
}
