package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The routes of one instance, the least recently used one forgotten first; never one that messages are waiting on. */
final class RouteCache {

  /** How many busy routes are passed over in search of an idle one; more of them means that all are in use. */
  private static final int LOOK = 16;

  private final int size;
  private final Map<Did, Route> routes = new LinkedHashMap<>(16, 0.75f, true);

  RouteCache(int size) {
    this.size = size;
  }

  /** The route to {@code to}, a new one if there is none. */
  Route to(Did to) {
    Route route = routes.get(to);
    if (route == null) {
      route = new Route(to);
      routes.put(to, route);
      shrink();
    }
    return route;
  }

  /** The route to {@code to} if it is known, else null. */
  Route known(Did to) {
    return routes.get(to);
  }

  void forget(Route route) {
    routes.remove(route.to(), route);
  }

  int size() {
    return routes.size();
  }

  private void shrink() {
    Iterator<Route> eldest = routes.values().iterator();
    for (int i = 0; i < LOOK && routes.size() > size && eldest.hasNext(); i++) {
      if (eldest.next().isIdle()) {
        eldest.remove();
      }
    }
  }
}
