package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.random.RandomGenerator;

/** The search for a path and the watch over the one in use, across ICE restarts (RFC 8445 section 9). */
final class Search {
  private final IceSettings settings;
  private final IceEvents events;
  private final LocalCandidates locals;
  private final Pacer pacer;
  private final RandomGenerator random;
  private final Role role;
  private final Consent consent;
  private Generation current;
  /** What the peer may still use while an ICE restart is under way; null otherwise. */
  private Generation previous;

  Search(IceSettings settings, IceEvents events, LocalCandidates locals, Pacer pacer, RandomGenerator random,
      IceRole first, IceCredentials local) {
    this.settings = settings;
    this.events = events;
    this.locals = locals;
    this.pacer = pacer;
    this.random = random;
    this.role = new Role(first, random);
    this.consent = new Consent(settings, role, random);
    this.current = generation(local);
  }

  private Generation generation(IceCredentials local) {
    return new Generation(settings, events, role, locals, local, pacer, random, consent::isAnswered);
  }

  IceRole role() {
    return role.current();
  }

  Generation current() {
    return current;
  }

  Consent consent() {
    return consent;
  }

  void restart(IceCredentials fresh) {
    if (current.remote() != null && !current.hasFailed()) {
      current.retire();
      previous = current;
    }
    locals.forgetLearnt();
    current = generation(fresh);
  }

  boolean onRequest(StunMessage message, SocketHandle local, InetSocketAddress from, long now) {
    return current.onRequest(message, local, from, now)
      || previous != null && previous.onRequest(message, local, from, now);
  }

  boolean onResponse(StunMessage message, SocketHandle local, InetSocketAddress from, long now) {
    return consent.onResponse(message, local, from, now) || current.onResponse(message, local, from, now);
  }

  void broken(SocketHandle socket, InetSocketAddress to) {
    current.broken(socket, to);
    consent.broken(socket, to);
  }

  void onTimer(long now) {
    current.onTimer(now);
    consent.onTimer(now);
  }

  /** Sends what may be sent, and makes the best path known the one that is watched. */
  void settle(Progress progress, long now) {
    current.pump(now);
    if (consent.isExpired(now)) {
      onExpired();
    }
    Pair pair = current.hasFailed() ? null : current.selected();
    if (pair == null) {
      return;
    }
    if (!consent.isOn(pair)) {
      consent.watch(pair, current.remote(), now);
    }
    if (current.isAgreed()) {
      previous = null;
    }
    progress.select(pair.view(current.isAgreed()));
  }

  /** A path without consent ends the connection, unless it is the old one and a new one is still looked for. */
  private void onExpired() {
    if (previous == null || consent.isOn(current.selected())) {
      current.fail();
    }
    previous = null;
    consent.stop();
  }

  void stop() {
    consent.stop();
    current.fail();
    previous = null;
  }

  long nextDeadline() {
    return Math.min(current.nextDeadline(), consent.nextDeadline());
  }
}
