package io.aiconexus.metrics;

import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.shareddata.Counter;
import io.vertx.core.shareddata.Lock;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.NodeListener;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cluster within one process: this node, and others that are only a name. */
final class OneNodeCluster implements ClusterManager {

  private final List<String> nodes = new CopyOnWriteArrayList<>();
  private final Map<String, List<RegistrationInfo>> registrations = new ConcurrentHashMap<>();
  private volatile NodeInfo info;

  void admit(String other) {
    nodes.add(other);
  }

  @Override
  public void init(Vertx vertx) {
    nodes.add(getNodeId());
  }

  @Override
  public String getNodeId() {
    return "this-node";
  }

  @Override
  public List<String> getNodes() {
    return nodes;
  }

  @Override
  public NodeInfo getNodeInfo() {
    return info;
  }

  @Override
  public void getNodeInfo(String node, Completable<NodeInfo> done) {
    done.succeed(info);
  }

  @Override
  public void setNodeInfo(NodeInfo own, Completable<Void> done) {
    info = own;
    done.succeed();
  }

  @Override
  public void join(Completable<Void> done) {
    done.succeed();
  }

  @Override
  public void leave(Completable<Void> done) {
    done.succeed();
  }

  @Override
  public boolean isActive() {
    return true;
  }

  @Override
  public void nodeListener(NodeListener listener) {
    // Nobody comes or goes by itself.
  }

  @Override
  public void registrationListener(RegistrationListener listener) {
    // The bus of the only node knows its own registrations.
  }

  @Override
  public void addRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
    registrations.computeIfAbsent(address, first -> new CopyOnWriteArrayList<>()).add(registration);
    done.succeed();
  }

  @Override
  public void removeRegistration(String address, RegistrationInfo registration, Completable<Void> done) {
    registrations.getOrDefault(address, new CopyOnWriteArrayList<>()).remove(registration);
    done.succeed();
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> done) {
    done.succeed(registrations.getOrDefault(address, List.of()));
  }

  @Override
  public <K, V> Map<K, V> getSyncMap(String name) {
    return new ConcurrentHashMap<>();
  }

  @Override
  public <K, V> void getAsyncMap(String name, Completable<AsyncMap<K, V>> done) {
    done.fail("no maps here");
  }

  @Override
  public void getLockWithTimeout(String name, long timeout, Completable<Lock> done) {
    done.fail("no locks here");
  }

  @Override
  public void getCounter(String name, Completable<Counter> done) {
    done.fail("no counters here");
  }
}
