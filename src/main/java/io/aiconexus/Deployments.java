package io.aiconexus;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/** What a node has deployed, to be undone in reverse. Any thread. */
final class Deployments {

  private final Vertx vertx;
  private final Deque<String> ids = new ConcurrentLinkedDeque<>();

  Deployments(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Deploys that verticle; null is none. */
  Future<Void> add(Deployable verticle) {
    return verticle == null ? Future.succeededFuture() : noted(vertx.deployVerticle(verticle));
  }

  /** Deploys so many; they are undone together. */
  Future<Void> add(Supplier<? extends Deployable> verticles, int instances) {
    return noted(vertx.deployVerticle(verticles, new DeploymentOptions().setInstances(instances)));
  }

  /** Undoes everything, the last first, whatever fails. */
  Future<Void> undo() {
    String last = ids.pollLast();
    return last == null ? Future.succeededFuture() : vertx.undeploy(last).eventually(this::undo);
  }

  private Future<Void> noted(Future<String> deployment) {
    return deployment.map(id -> {
      ids.addLast(id);
      return null;
    });
  }
}
