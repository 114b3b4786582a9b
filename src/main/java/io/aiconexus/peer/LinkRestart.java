package io.aiconexus.peer;

import io.aiconexus.bus.Failure;
import io.aiconexus.protocol.IceServer;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The ICE restart of a link that is up, until it comes through or fails; a failed one ends in a report though the link
 * stays. Belongs to the agent's context.
 */
final class LinkRestart {

  private final Link link;
  private final LinkOwner owner;
  private final LinkNews news;
  private final LinkDeadline deadline;
  private Future<Void> told = Future.succeededFuture();
  private boolean underWay;
  private long begunNanos;

  LinkRestart(Link link, LinkOwner owner, LinkNews news) {
    this.link = link;
    this.owner = owner;
    this.news = news;
    this.deadline = new LinkDeadline(owner, timeoutMs -> onDeadline());
  }

  /** Begins with these servers; before the link has been up it is part of the connect, which has its own report. */
  void begin(List<IceServer> servers) {
    link.attempt().gathers(servers);
    if (link.attempt().isUp() && link.state() != LinkState.CLOSED) {
      link.attempt().restarts();
      underWay = true;
      begunNanos = owner.nanos();
      deadline.allow(owner.options().connectTimeout().toMillis());
    }
  }

  /** The link is connected, whichever of the paths that were looked for it is. */
  void onConnected() {
    if (link.attempt().isUp()) {
      end();
      owner.onReached(link);
    }
  }

  /** It cannot go on; succeeds once that is told. */
  Future<Void> failed(Throwable cause) {
    if (underWay) {
      underWay = false;
      deadline.cancel();
      Attempt mine = link.attempt();
      Throwable said = Failure.of(cause).because("the ICE restart failed: " + cause.getMessage());
      told = news.explain(said, mine, link.connection()).map(explained -> {
        mine.reach(ConnectPhase.UP);
        return null;
      });
    }
    return told;
  }

  /** Something else takes its place: it has failed where the path is still lost. Succeeds once that is told. */
  Future<Void> giveUp() {
    if (isPathLost()) {
      return failed(noPath());
    }
    end();
    return told;
  }

  /** Nobody need hear of it any more. */
  void end() {
    if (underWay) {
      underWay = false;
      deadline.cancel();
      link.attempt().reach(ConnectPhase.UP);
    }
  }

  private void onDeadline() {
    if (isPathLost() || link.attempt().phase() == ConnectPhase.SIGNALING) {
      failed(noPath());
    } else {
      onConnected();
    }
  }

  private boolean isPathLost() {
    return link.state() == LinkState.DISCONNECTED && link.attempt().phase() != ConnectPhase.UP;
  }

  private RuntimeException noPath() {
    return Failure.TIMEOUT.because("no new path to " + link.remote() + " within "
      + TimeUnit.NANOSECONDS.toMillis(owner.nanos() - begunNanos) + " ms");
  }
}
