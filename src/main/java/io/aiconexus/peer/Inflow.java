package io.aiconexus.peer;

import io.vertx.core.Handler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Messages on their way to a reader that sets the pace: they wait while there is no handler or no demand. One context.
 */
final class Inflow {

  private final Consumer<Boolean> flowing;
  private final BiConsumer<Handler<ChannelMessage>, ChannelMessage> caller;
  private final Deque<ChannelMessage> waiting = new ArrayDeque<>();
  private Handler<ChannelMessage> handler;
  private Runnable endHandler;
  private long demand = Long.MAX_VALUE;
  private boolean delivering;
  private boolean flows;
  private boolean ended;

  /**
   * @param flowing told whenever the source should go on or stop; it stands still at first
   * @param caller calls the reader, and keeps to itself what the reader throws
   */
  Inflow(Consumer<Boolean> flowing, BiConsumer<Handler<ChannelMessage>, ChannelMessage> caller) {
    this.flowing = flowing;
    this.caller = caller;
  }

  void add(ChannelMessage message) {
    waiting.add(message);
    deliver();
  }

  void handler(Handler<ChannelMessage> reader) {
    handler = reader;
    deliver();
  }

  void pause() {
    demand = 0;
    deliver();
  }

  void fetch(long amount) {
    demand = demand + amount < 0 ? Long.MAX_VALUE : demand + amount;
    deliver();
  }

  /** Sets what runs, once, after the last message. */
  void endHandler(Runnable last) {
    endHandler = last;
    deliver();
  }

  /** Nothing more comes; the end handler hears of it after the last message. */
  void end() {
    ended = true;
    deliver();
  }

  boolean wanted() {
    return handler != null && demand > 0;
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    while (wanted() && !waiting.isEmpty()) {
      demand = demand == Long.MAX_VALUE ? demand : demand - 1;
      caller.accept(handler, waiting.poll());
    }
    delivering = false;
    if (!ended) {
      tell(wanted());
    } else if (waiting.isEmpty() && endHandler != null) {
      Runnable last = endHandler;
      endHandler = null;
      last.run();
    }
  }

  private void tell(boolean go) {
    if (go != flows) {
      flows = go;
      flowing.accept(go);
    }
  }
}
