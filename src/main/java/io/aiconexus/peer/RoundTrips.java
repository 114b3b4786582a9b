package io.aiconexus.peer;

import io.vertx.core.Context;
import io.vertx.core.json.JsonArray;
import java.util.List;

/**
 * Asks a few links a second how long their round trip is, by turns, so that a node with thousands costs no more than
 * one with ten. Belongs to the context of the verticle.
 */
final class RoundTrips {

  private static final int ASKED = 8;
  private static final double MICROS_PER_MILLI = 1e3;

  private final Context context;
  private JsonArray micros = new JsonArray();
  private int turn;

  RoundTrips(Context context) {
    this.context = context;
  }

  /** One link each of the agents whose turn it is; those that are not connected, or do not know, say nothing. */
  void ask(List<Agent> agents) {
    for (int i = 0; i < Math.min(ASKED, agents.size()); i++) {
      int now = turn++ & Integer.MAX_VALUE;
      agents.get(now % agents.size()).links()
        .onSuccess(links -> ask(links, now / agents.size()));
    }
  }

  /** What was heard since the last call, in microseconds. */
  JsonArray take() {
    JsonArray heard = micros;
    micros = new JsonArray();
    return heard;
  }

  private void ask(List<Link> links, int round) {
    List<Link> up = links.stream().filter(link -> link.state() == LinkState.CONNECTED).toList();
    if (!up.isEmpty()) {
      up.get(round % up.size()).stats().onSuccess(stats -> {
        if (stats.roundTripMillis() != null) {
          context.runOnContext(here -> micros.add(Math.round(stats.roundTripMillis() * MICROS_PER_MILLI)));
        }
      });
    }
  }
}
