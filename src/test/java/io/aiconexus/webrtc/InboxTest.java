package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final List<String> read = new ArrayList<>();
  private final Inbox inbox = new Inbox(tasks::add, message -> {
    String text = message.data().toString();
    if (text.equals("bad")) {
      throw new IllegalStateException(text);
    }
    read.add(text);
  });

  @Test
  void whoIsNotPausedReadsAtOnce() {
    add("one", "two");

    assertThat(read).containsExactly("one", "two");
    assertThat(tasks).isEmpty();
  }

  @Test
  void whatCameWhilePausedIsReadInOrderAndTheEndAfterIt() {
    inbox.pause();
    add("one", "two");
    inbox.end(() -> read.add("end"));
    inbox.end(() -> read.add("another end"));
    runTasks();
    assertThat(read).isEmpty();

    inbox.resume();
    add("three");
    runTasks();

    assertThat(read).containsExactly("one", "two", "three", "end");
  }

  @Test
  void aReaderThatThrowsLosesNothingButThatMessage() {
    inbox.pause();
    add("one", "bad", "two");
    inbox.resume();

    tasks.remove().run();
    assertThatThrownBy(() -> tasks.remove().run()).hasMessage("bad");
    runTasks();

    assertThat(read).containsExactly("one", "two");
  }

  @Test
  void theEndComesAtOnceWhenNothingIsHeldEvenForAReaderThatPauses() {
    inbox.pause();
    inbox.end(() -> read.add("end"));
    runTasks();

    assertThat(read).containsExactly("end");
  }

  @Test
  void whatIsClearedIsNeverRead() {
    inbox.pause();
    add("one");
    inbox.end(() -> read.add("end"));
    inbox.clear();
    inbox.resume();
    runTasks();

    assertThat(read).isEmpty();
  }

  private void add(String... texts) {
    for (String text : texts) {
      inbox.add(new Inbox.Message(Buffer.buffer(text), false));
    }
  }

  private void runTasks() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }
}
