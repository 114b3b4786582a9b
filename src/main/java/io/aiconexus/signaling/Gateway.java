package io.aiconexus.signaling;

import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.CloseCode;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.ErrorCode;
import io.aiconexus.protocol.Fault;
import io.aiconexus.protocol.Register;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires the parts of one signaling instance together and lets their time pass. Belongs to the verticle's context. */
final class Gateway implements SessionScope.Listener {

  private static final Logger log = LoggerFactory.getLogger(Gateway.class);
  private static final long SECOND_MS = 1000;
  private static final long TICK_MIN_MS = 5;
  /** A timeout is noticed late by at most this part of it. */
  private static final long TICK_FRACTION = 8;

  private final Vertx vertx;
  private final String node;
  private final SessionScope scope;
  private final Sessions sessions = new Sessions();
  private final Traffic traffic = new Traffic();
  private final DeliveryTimes deliveryTimes;
  private final Directory directory;
  private final Admission admission;
  private final Announcements announcements;
  private final Registrar registrar;
  private final Router router;
  private final Agents agents;
  private final Commands commands;
  private final Drain drain;
  private final Doors doors;
  private final List<Long> timers = new ArrayList<>();
  private Audiences audiences;
  private Future<?> removals = Future.succeededFuture();
  private Promise<Void> emptied;

  Gateway(Vertx vertx, SignalingOptions options, String node, Did did, int instance, Directory directory,
          boolean hasNeighbours) {
    this.vertx = vertx;
    this.node = node;
    this.directory = directory;
    this.scope = new SessionScope(options, did, System::nanoTime, System::currentTimeMillis,
      new Tally(options.session().queueBytes()), this);
    this.deliveryTimes = new DeliveryTimes(scope.nanos());
    this.admission = Admission.ofNode(vertx, node, options.admission(), System::nanoTime);
    this.announcements = new Announcements(vertx.eventBus(), node, instance);
    String inbox = Addresses.signalingInbox(node, instance);
    Inboxes inboxes = new Inboxes(vertx, options.routing().sendTimeout());
    this.registrar = new Registrar(scope, node, inbox, directory, sessions, inboxes, announcements);
    this.router = new Router(options.routing(), inbox, directory::find, sessions::deliver, inboxes::send, this::onEnd);
    this.agents = new Agents(directory, inboxes);
    this.commands = new Commands(agents, directory, inboxes);
    this.drain = new Drain(sessions, hasNeighbours, System::nanoTime, Math::random);
    this.doors = new Doors(scope, () -> audiences, admission, sessions, announcements, drain);
  }

  Drain drain() {
    return drain;
  }

  Doors doors() {
    return doors;
  }

  Inbox inbox() {
    return new Inbox(sessions);
  }

  Agents agents() {
    return agents;
  }

  Commands commands() {
    return commands;
  }

  /** The server listens: its names are known, and time begins. */
  void listening(Audiences itsAudiences) {
    audiences = itsAudiences;
    SessionOptions limits = scope.limits();
    long shortest = Math.min(limits.registerTimeout().toMillis(), limits.heartbeat().toMillis());
    if (!limits.resumeWindow().isZero()) {
      shortest = Math.min(shortest, limits.resumeWindow().toMillis());
    }
    long tick = Math.min(SECOND_MS / 4, Math.max(TICK_MIN_MS, shortest / TICK_FRACTION));
    timers.add(vertx.setPeriodic(tick, now -> List.copyOf(sessions.all()).forEach(Session::tick)));
    timers.add(vertx.setPeriodic(SECOND_MS, now -> announceTraffic()));
  }

  private void announceTraffic() {
    announcements.traffic(new JsonObject().put("sessions", sessions.all().size()).put("agents", sessions.registered())
      .put("queued_bytes", scope.tally().sum())
      .put("messages", traffic.take()).put("delivery_us", deliveryTimes.take()));
  }

  /** An agent came or went somewhere: what was known of its whereabouts is old. */
  void onPresence(JsonObject event) {
    router.forget(Did.parse(event.getString("did")), event.getLong("epoch"));
  }

  @Override
  public void proved(Session session, Envelope envelope, Register register) {
    registrar.register(session, envelope.from(), register);
  }

  @Override
  public void notProved(Session session, Fault fault) {
    doors.warn("{}: REGISTER refused: {}", session, fault.message());
    announcements.notProved(fault);
  }

  @Override
  public void route(Envelope envelope) {
    Delivery delivery =
      new Delivery(envelope.to(), 0, envelope.from(), envelope.id(), envelope.type(), envelope.text());
    deliveryTimes.begun(delivery);
    router.route(delivery);
  }

  private void onEnd(Delivery delivery, Outcome outcome) {
    traffic.count(delivery.type(), outcome);
    deliveryTimes.ended(delivery, outcome);
    if (outcome.error() != null && delivery.wantsAnswer()) {
      Fault fault = Fault.of(outcome.error(), explain(delivery, outcome));
      router.route(scope.ofGateway(delivery.from(), fault, delivery.id()));
    }
  }

  private static String explain(Delivery delivery, Outcome outcome) {
    return switch (outcome) {
      case UNKNOWN, MOVED -> delivery.to() + " is not present";
      case OVERLOADED -> "too much waits for " + delivery.to() + " already";
      case TIMEOUT -> "the node that holds " + delivery.to() + " did not answer in time; the message may have arrived";
      case BROKEN -> "the gateway failed, see its log for message " + delivery.id();
      case DELIVERED -> throw new IllegalArgumentException("no error");
    };
  }

  @Override
  public void detached(Session session) {
    log.info("{}: lost its socket", session);
    announcements.detached(session.entry());
  }

  @Override
  public void ended(Session session, int code) {
    if (session.entry() == null) {
      log.debug("{}: left with {} without registering", session, code);
    } else {
      log.info("{}: ended with {}", session, code);
    }
    sessions.ended(session);
    announcements.closed(session.entry(), code);
    if (session.entry() != null && code != CloseCode.REPLACED.number()) {
      Future<Boolean> removed = directory.remove(session.entry());
      removed.onComplete(
        wasThere -> {
          if (wasThere) {
            announcements.left(session.entry());
          }
        },
        cause -> log.error("{}: not removed from the directory", session, cause));
      if (emptied != null) {
        removals = Future.join(removals, removed);
      }
    }
  }

  @Override
  public void undelivered(List<Delivery> deliveries) {
    deliveries.forEach(delivery -> onEnd(delivery, Outcome.UNKNOWN));
  }

  @Override
  public void gone(Session session) {
    sessions.gone(session);
    admission.release(session.address());
    if (emptied != null && sessions.all().isEmpty()) {
      emptied.tryComplete();
    }
  }

  /** Closes every session with 1001; succeeds when their sockets are closed or the drain time is over. */
  Future<Void> stop() {
    doors.close();
    timers.forEach(vertx::cancelTimer);
    emptied = Promise.promise();
    for (Session session : List.copyOf(sessions.all())) {
      session.close(CloseCode.GOING_AWAY, null);
    }
    if (sessions.all().isEmpty()) {
      emptied.tryComplete();
    }
    Timer drained = vertx.timer(Math.max(1, scope.options().drain().toMillis()), TimeUnit.MILLISECONDS);
    return Future.any(Future.join(emptied.future(), removals), drained).transform(done -> {
      drained.cancel();
      List.copyOf(sessions.all()).forEach(Session::abort);
      announceTraffic();
      Admission.forgetNode(vertx, node);
      return Future.succeededFuture();
    });
  }
}
