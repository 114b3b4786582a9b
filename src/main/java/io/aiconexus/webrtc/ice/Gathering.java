package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunClass;
import io.aiconexus.webrtc.stun.StunMessage;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Asks STUN servers which address they see (RFC 8445 section 5.1.1.2), at the pace of the checks. */
final class Gathering {
  private record Question(TransactionId id, LocalCandidate base, InetSocketAddress server) {
  }

  private final IceSettings settings;
  private final LocalCandidates locals;
  private final Pacer pacer;
  private final RandomGenerator random;
  private final Deque<Question> waiting = new ArrayDeque<>();
  private final Transactions<Question> open = new Transactions<>();
  private boolean ended;

  Gathering(IceSettings settings, LocalCandidates locals, Pacer pacer, RandomGenerator random) {
    this.settings = settings;
    this.locals = locals;
    this.pacer = pacer;
    this.random = random;
  }

  void ask(LocalCandidate base, InetSocketAddress server) {
    waiting.add(new Question(TransactionId.random(random), base, server));
    ended = false;
  }

  /** Nothing more will be asked. */
  void end() {
    ended = true;
  }

  boolean isDone() {
    return ended && waiting.isEmpty() && open.isEmpty();
  }

  void pump(long now) {
    while (!waiting.isEmpty() && pacer.tryTake(now)) {
      Question next = waiting.remove();
      byte[] request = StunBuilder.request(StunMethod.BINDING, next.id()).build();
      open.start(next.id(), next.base().socket(), next.server(), request, next, settings.retransmit().toNanos(),
        settings.gatheringTransmissions(), now);
    }
  }

  /** Tells whether a response answers one of our questions. */
  boolean isAnswered(StunMessage response, SocketHandle socket, InetSocketAddress from) {
    return open.match(response.transactionId(), socket, from) != null;
  }

  /** The candidate that an answer reveals, or null if it reveals nothing new. */
  LocalCandidate onResponse(StunMessage response, SocketHandle socket, InetSocketAddress from) {
    Question question = open.match(response.transactionId(), socket, from);
    open.end(question.id());
    InetSocketAddress mapped = response.mappedAddress();
    if (response.messageClass() != StunClass.SUCCESS || mapped == null || response.unknownRequired().length > 0) {
      return null;
    }
    return locals.addServerReflexive(question.base(), mapped, question.server().getAddress());
  }

  /** Asks again what is due; {@code silent} gets each server that was asked in vain. */
  void onTimer(long now, Consumer<InetSocketAddress> silent) {
    open.onTimer(now, question -> silent.accept(question.server()));
  }

  void stop() {
    waiting.clear();
    open.clear();
  }

  long nextDeadline() {
    return waiting.isEmpty() ? open.nextDeadline() : Math.min(open.nextDeadline(), pacer.readyAt());
  }
}
