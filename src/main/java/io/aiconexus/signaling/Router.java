package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.vertx.core.Future;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages to the instance that holds their recipient, each to exactly one end, in order from one sender to one
 * recipient. Belongs to one context.
 */
final class Router {

  private static final Logger log = LoggerFactory.getLogger(Router.class);

  private final RoutingOptions options;
  private final String ownInbox;
  private final Function<Did, Future<Entry>> directory;
  private final Function<Delivery, Outcome> sessions;
  private final BiFunction<String, Delivery, Future<Outcome>> inboxes;
  private final BiConsumer<Delivery, Outcome> ends;
  private final RouteCache routes;

  /**
   * A router without routes.
   *
   * @param ownInbox the inbox of this very instance; messages for it take no bus
   * @param directory where an agent is
   * @param sessions hands a message to a session of this instance
   * @param inboxes sends a message to another instance's inbox; its futures never fail
   * @param ends is told how each message ended
   */
  Router(RoutingOptions options, String ownInbox, Function<Did, Future<Entry>> directory,
         Function<Delivery, Outcome> sessions, BiFunction<String, Delivery, Future<Outcome>> inboxes,
         BiConsumer<Delivery, Outcome> ends) {
    this.options = options;
    this.ownInbox = ownInbox;
    this.directory = directory;
    this.sessions = sessions;
    this.inboxes = inboxes;
    this.ends = ends;
    this.routes = new RouteCache(options.cacheSize());
  }

  /** Takes responsibility for a message. */
  void route(Delivery delivery) {
    Route route = routes.to(delivery.to());
    if (!route.hasHeld() && isOpen(route)) {
      send(route, delivery);
      if (route.mustResolve()) {
        resolve(route);
      }
    } else if (route.hold(delivery, options.queueBytes())) {
      advance(route);
    } else {
      ends.accept(delivery, Outcome.OVERLOADED);
    }
  }

  /** An agent has come or gone: what is known of it before {@code epoch} is old. */
  void forget(Did did, long epoch) {
    Route route = routes.known(did);
    if (route != null && route.target() != null && route.target().epoch() <= epoch) {
      route.leave();
      if (route.isIdle()) {
        routes.forget(route);
      }
    }
  }

  private boolean isOpen(Route route) {
    return route.isOpen(options.window(), options.queueBytes());
  }

  private void advance(Route route) {
    while (route.hasHeld() && isOpen(route)) {
      send(route, route.nextHeld());
    }
    if (route.mustResolve()) {
      resolve(route);
    }
  }

  private void send(Route route, Delivery delivery) {
    Entry target = route.target();
    Delivery addressed = delivery.at(target.epoch());
    if (target.inbox().equals(ownInbox)) {
      answered(route, delivery, sessions.apply(addressed));
    } else {
      route.sent(delivery);
      inboxes.apply(target.inbox(), addressed).onSuccess(outcome -> {
        route.answered(delivery);
        answered(route, delivery, outcome);
        advance(route);
      });
    }
  }

  private void answered(Route route, Delivery delivery, Outcome outcome) {
    if (outcome == Outcome.MOVED) {
      route.returned(delivery);
      return;
    }
    if (outcome == Outcome.TIMEOUT) {
      route.leave();
    }
    ends.accept(delivery, outcome);
  }

  private void resolve(Route route) {
    route.resolving();
    directory.apply(route.to()).onComplete(
      found -> {
        if (route.resolved(found)) {
          advance(route);
        } else {
          giveUp(route, Outcome.UNKNOWN);
        }
      },
      cause -> {
        log.error("{}: the directory failed", route.to(), cause);
        route.resolved(null);
        giveUp(route, Outcome.BROKEN);
      });
  }

  private void giveUp(Route route, Outcome outcome) {
    routes.forget(route);
    route.giveUp().forEach(delivery -> ends.accept(delivery, outcome));
  }
}
