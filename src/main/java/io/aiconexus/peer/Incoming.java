package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Answer;
import io.aiconexus.protocol.Bye;
import io.aiconexus.protocol.Candidate;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.ExecRequest;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.Intent;
import io.aiconexus.protocol.MessageType;
import io.aiconexus.protocol.Offer;
import io.aiconexus.protocol.Payload;
import io.aiconexus.protocol.Ping;
import io.aiconexus.protocol.Pong;
import io.aiconexus.protocol.ProtocolException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What other agents send to this one: verified, read, and handed to the link, the capability or the request it is for.
 * <p>
 * What comes through a gateway passes the {@link MessageGuard} first; on a link's own channel DTLS has proved the
 * sender, because its fingerprint stood in a description that passed the guard.
 */
final class Incoming {

  private static final Logger log = LoggerFactory.getLogger(Incoming.class);

  private static final int REFUSALS_WAITING_MAX = 100;

  private final HostedAgent agent;
  private final MessageGuard guard;
  private final Requests requests;
  private final Capabilities capabilities;

  Incoming(HostedAgent agent, MessageGuard guard, Requests requests, Capabilities capabilities) {
    this.agent = agent;
    this.guard = guard;
    this.requests = requests;
    this.capabilities = capabilities;
  }

  /** A message that came through the gateway. */
  void onRouted(Envelope message) {
    if (!agent.local().equals(message.to())) {
      log.warn("{}: dropped a {} for another agent", agent.local(), message.type());
      return;
    }
    guard.refuse(message).ifPresentOrElse(
      refusal -> refuse(message, refusal.code(), refusal.reason()),
      () -> read(message, payload -> onSignal(message, payload)));
  }

  /** A message that came over the link's own channel. */
  void onDirect(Link link, String text) {
    try {
      Envelope message = Envelope.read(text);
      if (!message.from().equals(link.remote()) || !agent.local().equals(message.to())) {
        log.warn("{}: dropped a message of {} that names another sender or recipient", agent.local(), link.remote());
        return;
      }
      read(message, payload -> onAgentMessage(message, payload));
    } catch (ProtocolException e) {
      log.warn("{}: dropped a message of {}: {}", agent.local(), link.remote(), e.getMessage());
    }
  }

  /**
   * {@code by}, or the gateway if null, could not do what the message called {@code correlationId} (or null) asked for.
   */
  void onFault(Did by, String correlationId, Fault fault) {
    RuntimeException cause = failureOf(fault).because(fault.code() + ": " + fault.message());
    if (!requests.fail(correlationId, by, cause)) {
      log.debug("{}: {} about {}: {}", agent.local(), fault.code(), correlationId, fault.message());
      agent.links().onRefused(correlationId, by, cause);
    }
  }

  private void read(Envelope message, Handler<Payload> use) {
    Payload payload;
    try {
      payload = Payload.of(message);
    } catch (ProtocolException e) {
      refuse(message, e.code(), e.getMessage());
      return;
    }
    use.handle(payload);
  }

  private void onSignal(Envelope message, Payload payload) {
    if (payload instanceof Offer offer) {
      onOffer(message, offer);
    } else if (payload instanceof Answer answer) {
      onLinkSignal(message, answer.connectionId(), signaling -> signaling.onAnswer(answer));
    } else if (payload instanceof Candidate candidate) {
      onLinkSignal(message, candidate.connectionId(), signaling -> signaling.onCandidate(candidate));
    } else if (payload instanceof Bye bye) {
      onLinkSignal(message, bye.connectionId(), signaling -> signaling.onBye(bye));
    } else {
      onAgentMessage(message, payload);
    }
  }

  private void onOffer(Envelope message, Offer offer) {
    Optional<Link> link = agent.links().forOffer(message.from());
    if (link.isEmpty()) {
      refuse(message, ErrorCode.CONNECTION_REFUSED, "this agent takes no connection of yours");
      return;
    }
    agent.events().signal("in", message.from(), message.type(), offer.connectionId());
    link.get().signaling().onOffer(offer, agent.options().connectTimeout().toMillis())
      .onFailure(cause -> refuse(message, cause));
  }

  private void onLinkSignal(Envelope message, String connectionId, Function<LinkSignaling, Future<Void>> use) {
    agent.events().signal("in", message.from(), message.type(), connectionId);
    agent.links().get(message.from()).ifPresent(link ->
      use.apply(link.signaling()).onFailure(cause -> refuse(message, cause)));
  }

  private void onAgentMessage(Envelope message, Payload payload) {
    Did from = message.from();
    if (payload instanceof ExecRequest request) {
      capabilities.execute(from, request).onSuccess(response -> answer(message, response));
    } else if (payload instanceof Ping ping) {
      answer(message, new Pong(ping.sequence()));
    } else if (payload instanceof Fault fault) {
      onFault(from, message.correlationId(), fault);
    } else if (requests.answer(message.correlationId(), from, payload)) {
      log.debug("{}: {} answered {}", agent.local(), from, message.correlationId());
    } else if (payload instanceof Intent intent && message.correlationId() == null) {
      capabilities.answer(from, intent).onComplete(
        response -> answer(message, response),
        cause -> answer(message, capabilities.faultOf(cause)));
    } else {
      log.debug("{}: nobody waits for the {} of {}", agent.local(), message.type(), from);
    }
  }

  private void answer(Envelope request, Payload payload) {
    agent.answer(request, payload)
      .recover(cause -> switch (Failure.of(cause)) {
        case MESSAGE_TOO_LARGE -> agent.answer(request,
          Fault.of(ErrorCode.MESSAGE_TOO_LARGE, "the answer is too long to send"));
        case BAD_REQUEST -> {
          log.error("{}: the application's answer to {} cannot be sent", agent.local(), request.from(), cause);
          yield agent.answer(request, Fault.of(ErrorCode.INTERNAL_ERROR, "the answer is nothing that can be sent"));
        }
        default -> Future.failedFuture(cause);
      })
      .onFailure(cause -> log.info("{}: could not answer {}: {}", agent.local(), request.from(), cause.getMessage()));
  }

  private void refuse(Envelope message, Throwable cause) {
    if (Failure.of(cause) == Failure.CANCELLED) {
      log.debug("{}: a {} of {} came too late", agent.local(), message.type(), message.from());
      return;
    }
    ErrorCode code = switch (Failure.of(cause)) {
      case BAD_REQUEST -> ErrorCode.MALFORMED_MESSAGE;
      case OVERLOADED -> ErrorCode.RECIPIENT_OVERLOADED;
      default -> ErrorCode.CONNECTION_REFUSED;
    };
    refuse(message, code, String.valueOf(cause.getMessage()));
  }

  private void refuse(Envelope message, ErrorCode code, String reason) {
    log.warn("{}: refused a {} of {}: {}, {}", agent.local(), message.type(), message.from(), code, reason);
    agent.events().refused(message, code);
    // Whoever sends much that is refused must not fill the way out for everything else.
    if (message.type() != MessageType.ERROR && agent.signaling().waiting() < REFUSALS_WAITING_MAX) {
      agent.answer(message, Fault.of(code, reason))
        .onFailure(failure -> log.debug("{}: the refusal did not leave: {}", agent.local(), failure.getMessage()));
    }
  }

  private static Failure failureOf(Fault fault) {
    for (ErrorCode code : ErrorCode.values()) {
      if (fault.is(code)) {
        return Failure.of(code);
      }
    }
    return fault.retryable() ? Failure.UNAVAILABLE : Failure.BAD_REQUEST;
  }
}
