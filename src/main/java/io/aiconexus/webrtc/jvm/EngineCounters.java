package io.aiconexus.webrtc.jvm;

import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What an engine did so far, added up over its loops; any thread. */
final class EngineCounters {

  private final AtomicInteger sockets = new AtomicInteger();
  private final LongAdder datagramsSent = new LongAdder();
  private final LongAdder datagramsReceived = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder bytesReceived = new LongAdder();
  private final LongAdder notSent = new LongAdder();
  private final LongAdder strangers = new LongAdder();
  private final LongAdder retransmissions = new LongAdder();
  private final LongAdder timeouts = new LongAdder();
  private final LongAdder failures = new LongAdder();
  private final Set<Transport> transports = ConcurrentHashMap.newKeySet();

  void opened(Transport transport) {
    transports.add(transport);
  }

  void closed(Transport transport) {
    transports.remove(transport);
  }

  /** Those that are open, each of which may only be asked on its loop. */
  Set<Transport> transports() {
    return transports;
  }

  void socketOpened() {
    sockets.incrementAndGet();
  }

  void socketClosed() {
    sockets.decrementAndGet();
  }

  void sent(int bytes) {
    datagramsSent.increment();
    bytesSent.add(bytes);
  }

  void received(int bytes) {
    datagramsReceived.increment();
    bytesReceived.add(bytes);
  }

  /** A datagram of ours was given up before the network saw it. */
  void dropped() {
    notSent.increment();
  }

  /** A datagram came that belongs to nobody. */
  void strange() {
    strangers.increment();
  }

  void retransmitted(long chunks, long timers) {
    retransmissions.add(chunks);
    timeouts.add(timers);
  }

  void failed() {
    failures.increment();
  }

  JsonObject details() {
    return new JsonObject().put("sockets", sockets.get()).put("datagrams_sent", datagramsSent.sum())
      .put("datagrams_received", datagramsReceived.sum()).put("bytes_sent", bytesSent.sum())
      .put("bytes_received", bytesReceived.sum()).put("datagrams_not_sent", notSent.sum())
      .put("datagrams_of_strangers", strangers.sum()).put("sctp_retransmissions", retransmissions.sum())
      .put("sctp_timeouts", timeouts.sum()).put("connections_failed", failures.sum());
  }
}
