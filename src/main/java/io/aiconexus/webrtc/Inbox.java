package io.aiconexus.webrtc;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Messages on their way to a reader that may pause; on one context only.
 * <p>
 * One message a task, so that a reader that throws loses nothing but its own message, and other events get their turn.
 */
final class Inbox {

  /** A message as it arrived. */
  record Message(Buffer data, boolean binary) { }

  private final Consumer<Runnable> later;
  private final Consumer<Message> reader;
  private final Deque<Message> held = new ArrayDeque<>();
  private Runnable last;
  private boolean paused;
  private boolean scheduled;

  /**
   * An empty one.
   *
   * @param later runs something in a task of its own on the context
   * @param reader gets the messages
   */
  Inbox(Consumer<Runnable> later, Consumer<Message> reader) {
    this.later = later;
    this.reader = reader;
  }

  void add(Message message) {
    held.add(message);
    if (!scheduled) {
      deliver();
    }
  }

  void pause() {
    paused = true;
  }

  void resume() {
    paused = false;
    schedule();
  }

  /** What comes after the last message, once that is read; the first such action counts. */
  void end(Runnable action) {
    last = last == null ? action : last;
    schedule();
  }

  void clear() {
    held.clear();
    last = null;
  }

  private void deliver() {
    if (paused && !held.isEmpty()) {
      return;
    }
    if (held.isEmpty()) {
      finish();
      return;
    }
    Message next = held.remove();
    if (!held.isEmpty() || last != null) {
      schedule();
    }
    reader.accept(next);
  }

  private void finish() {
    Runnable action = last;
    last = null;
    if (action != null) {
      action.run();
    }
  }

  private void schedule() {
    if (!scheduled) {
      scheduled = true;
      later.accept(() -> {
        scheduled = false;
        deliver();
      });
    }
  }
}
