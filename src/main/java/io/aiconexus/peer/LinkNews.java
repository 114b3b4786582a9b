package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.ConnectionStats;
import io.aiconexus.webrtc.PeerConnection;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells how the state of one link changes: why, and how long connecting took. Belongs to the agent's context. */
final class LinkNews {

  private static final Logger log = LoggerFactory.getLogger(LinkNews.class);
  /** How long an engine may take to tell how a connection stands; it takes about a millisecond. */
  private static final long STATS_MS = 1_000;

  private final Link link;
  private final LinkOwner owner;
  private long connectingSince;

  LinkNews(Link link, LinkOwner owner) {
    this.link = link;
    this.owner = owner;
  }

  /**
   * Asks the connection, which must still be there, or null, how it stands, and tells why the link failed; succeeds
   * with {@code cause} and the verdict in its text.
   */
  Future<Throwable> explain(Throwable cause, Attempt attempt, PeerConnection connection) {
    Future<ConnectionStats> last = connection == null ? Future.succeededFuture() : owner.within(STATS_MS,
      connection.stats(), () -> Failure.TIMEOUT.because("the engine did not tell"));
    return last.otherwiseEmpty().map(stats -> {
      ConnectReport report = attempt.report(cause, stats);
      owner.onFailed(report);
      return Attempt.explained(cause, report);
    });
  }

  /** The link changed its state; {@code cause} is what ended it, or null while nothing has. */
  void changed(LinkState from, LinkState to, String connectionId, Throwable cause) {
    JsonObject event = new JsonObject().put("event", "link").put("remote", link.remote().toString())
      .put("state", to.toString()).put("connection_id", connectionId);
    if (to == LinkState.CONNECTING) {
      connectingSince = owner.nanos();
    } else if (to == LinkState.CONNECTED && from == LinkState.CONNECTING) {
      event.put("connect_us", TimeUnit.NANOSECONDS.toMicros(owner.nanos() - connectingSince));
    }
    if (cause != null) {
      event.put("reason", Failure.of(cause).name());
    }
    owner.moved(from, to);
    owner.event(event);
    Level level = to == LinkState.CONNECTED || to == LinkState.CLOSED ? Level.INFO : Level.DEBUG;
    log.atLevel(level).log("{}: {}link to {} is {}{}", link.local(),
      connectionId == null ? "" : "connection " + connectionId + ": ", link.remote(), to,
      cause == null ? "" : " (" + Failure.of(cause) + ")");
  }
}
