package io.aiconexus.signaling;

import io.aiconexus.protocol.CloseCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A socket under a test's thumb: frames are taken when the test says so. */
final class FakeSocket implements SessionSocket {

  final List<String> written = new ArrayList<>();
  final List<CloseCode> closed = new ArrayList<>();
  int pings;
  int aborts;
  /** Whether the reader takes everything at once. */
  boolean reads;
  private final ArrayDeque<Promise<Void>> underway = new ArrayDeque<>();
  private final String address;

  FakeSocket() {
    this("192.0.2.1");
  }

  /** @param address the client's, or null for an agent on the event bus */
  FakeSocket(String address) {
    this.address = address;
  }

  @Override
  public Future<Void> write(String text) {
    written.add(text);
    if (reads) {
      return Future.succeededFuture();
    }
    Promise<Void> promise = Promise.promise();
    underway.add(promise);
    return promise.future();
  }

  /** The reader takes so many frames. */
  void take(int count) {
    for (int i = 0; i < count; i++) {
      underway.poll().complete();
    }
  }

  /** The connection is gone: what was not taken never will be. */
  void die() {
    underway.forEach(promise -> promise.fail("the connection is gone"));
    underway.clear();
  }

  @Override
  public void ping() {
    pings++;
  }

  @Override
  public void close(CloseCode code) {
    closed.add(code);
  }

  @Override
  public void abort() {
    aborts++;
  }

  @Override
  public String address() {
    return address;
  }
}
