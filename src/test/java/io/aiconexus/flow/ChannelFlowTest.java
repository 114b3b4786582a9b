package io.aiconexus.flow;

import static io.aiconexus.flow.World.await;
import static io.aiconexus.flow.World.failureOf;
import static io.aiconexus.flow.World.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.bus.Failure;
import io.aiconexus.peer.Agent;
import io.aiconexus.peer.Channel;
import io.aiconexus.peer.ChannelMessage;
import io.aiconexus.peer.Link;
import io.aiconexus.webrtc.DataChannelOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What channels of a link promise as streams. */
class ChannelFlowTest {

  /** Two linked agents, and the channels that Ann opens as Bob sees them. */
  private record Linked(World world, Agent ann, Agent bob, Link link, BlockingQueue<Channel> atBob)
    implements AutoCloseable {

    static Linked of(String engine) {
      World world = World.of(engine);
      Agent ann = world.host();
      Agent bob = world.hostOverWebSocket();
      BlockingQueue<Channel> atBob = new LinkedBlockingQueue<>();
      bob.onChannel(atBob::add);
      return new Linked(world, ann, bob, await(ann.connect(bob.did())), atBob);
    }

    @Override
    public void close() {
      world.close();
    }
  }

  @OnEveryEngine
  void textAndBytesArriveAsWhatTheyAre(String engine) {
    try (Linked both = Linked.of(engine)) {
      Channel there = await(both.link().channel("data"));
      await(there.writeText("grüße"));
      await(there.write(Buffer.buffer(new byte[] {0, 1, 2})));
      Channel here = next(both.atBob());
      BlockingQueue<ChannelMessage> heard = new LinkedBlockingQueue<>();
      here.messageHandler(heard::add);

      assertThat(next(heard)).extracting(ChannelMessage::text, ChannelMessage::binary).containsExactly("grüße", false);
      assertThat(next(heard)).extracting(ChannelMessage::data, ChannelMessage::binary)
        .containsExactly(Buffer.buffer(new byte[] {0, 1, 2}), true);
      assertThat(here.label()).isEqualTo("data");
      assertThat(here.link().remote()).isEqualTo(both.ann().did());
      assertThat(here.options().reliable()).isTrue();
    }
  }

  @OnEveryEngine
  void oneLabelMadeAtBothEndsAtOnceIsOneChannelAndKeepsOrder(String engine) {
    try (Linked both = Linked.of(engine)) {
      Link back = await(both.bob().link(both.ann().did())).orElseThrow();
      for (int round = 0; round < 10; round++) {
        String label = "label" + round;
        Future<Channel> atAnn = both.link().channel(label);
        Future<Channel> atBob = back.channel(label);
        List<BlockingQueue<String>> heard = List.of(new LinkedBlockingQueue<>(), new LinkedBlockingQueue<>());
        await(atAnn).messageHandler(message -> heard.get(0).add(message.text()));
        await(atBob).messageHandler(message -> heard.get(1).add(message.text()));

        for (int i = 0; i < 20; i++) {
          await(atAnn).writeText("a" + i);
          await(atBob).writeText("b" + i);
        }

        for (int i = 0; i < 20; i++) {
          assertThat(next(heard.get(1))).isEqualTo("a" + i);
          assertThat(next(heard.get(0))).isEqualTo("b" + i);
        }
        Promise<Void> ended = Promise.promise();
        await(atBob).endHandler(end -> ended.complete());
        await(await(atAnn).close());
        await(ended.future());
      }
    }
  }

  @OnEveryEngine
  void whatWasWrittenBeforeTheEndArrivesBeforeTheEnd(String engine) {
    try (Linked both = Linked.of(engine)) {
      Channel there = await(both.link().channel("data"));
      Channel here = next(both.atBob());
      AtomicInteger failures = new AtomicInteger();
      here.exceptionHandler(failure -> failures.incrementAndGet());
      for (int i = 0; i < 200; i++) {
        there.write(Buffer.buffer(new byte[10_000]));
      }
      Future<Void> closed = there.end();

      AtomicInteger count = new AtomicInteger();
      Promise<Integer> ended = Promise.promise();
      here.endHandler(end -> ended.complete(count.get()));
      here.handler(bytes -> count.incrementAndGet());

      assertThat(await(ended.future())).isEqualTo(200);
      await(closed);
      assertThat(failures).hasValue(0);
      assertThat(here.isOpen()).isFalse();
      assertThat(failureOf(here.write(Buffer.buffer("late")))).isEqualTo(Failure.NOT_CONNECTED);
      assertThat(await(both.link().channel("data")).isOpen()).isTrue();
    }
  }

  @OnEveryEngine
  void theEndOfTheLinkIsTheEndOfItsChannelsAtBothEnds(String engine) {
    try (Linked both = Linked.of(engine)) {
      Channel there = await(both.link().channel("data"));
      Channel here = next(both.atBob());
      AtomicInteger failures = new AtomicInteger();
      Promise<Void> mine = Promise.promise();
      Promise<Void> theirs = Promise.promise();
      there.exceptionHandler(failure -> failures.incrementAndGet()).endHandler(end -> mine.complete());
      here.exceptionHandler(failure -> failures.incrementAndGet()).endHandler(end -> theirs.complete());
      await(both.bob().links());

      await(both.link().close());

      await(mine.future());
      await(theirs.future());
      await(here.close());
      assertThat(failures).hasValue(0);
    }
  }

  @OnEveryEngine
  void messagesOverTheLimitAreTooLargeAndHarmNothing(String engine) {
    try (Linked both = Linked.of(engine)) {
      Channel there = await(both.link().channel("data"));

      assertThat(failureOf(there.write(Buffer.buffer(new byte[10_000_000])))).isEqualTo(Failure.MESSAGE_TOO_LARGE);
      assertThat(await(there.writeText("small"))).isNull();
    }
  }

  @OnEveryEngine
  void aReaderThatPausesSlowsTheWriterDownAndLosesNothing(String engine) {
    try (Linked both = Linked.of(engine)) {
      Channel there = await(both.link().channel("data"));
      Channel here = next(both.atBob());
      Buffer message = Buffer.buffer(new byte[64_000]);
      List<Future<Void>> writes = new ArrayList<>();
      // Nobody reads at Bob's: sooner or later nothing more is taken.
      Future<Void> last = there.write(message);
      while (!last.failed() && writes.size() < 2_000) {
        writes.add(last);
        last = there.write(message);
        await(both.ann().links());
      }
      boolean full = there.writeQueueFull();
      assertThat(failureOf(last)).isEqualTo(Failure.OVERLOADED);
      assertThat(full).isTrue();

      Promise<Void> drained = Promise.promise();
      there.drainHandler(room -> drained.tryComplete());
      AtomicInteger count = new AtomicInteger();
      Promise<Void> all = Promise.promise();
      here.handler(bytes -> {
        if (count.incrementAndGet() == writes.size()) {
          all.complete();
        }
      });

      await(drained.future());
      assertThat(there.writeQueueFull()).isFalse();
      await(all.future());
    }
  }

  @OnEveryEngine
  void fetchGivesAsManyAsAskedFor(String engine) {
    try (Linked both = Linked.of(engine)) {
      Channel there = await(both.link().channel("data"));
      Channel here = next(both.atBob());
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      here.pause();
      here.handler(bytes -> heard.add(bytes.toString()));
      for (int i = 0; i < 5; i++) {
        await(there.writeText("m" + i));
      }

      here.fetch(2);
      assertThat(next(heard)).isEqualTo("m0");
      assertThat(next(heard)).isEqualTo("m1");
      await(both.bob().links());
      assertThat(heard).isEmpty();
      here.resume();
      assertThat(next(heard)).isEqualTo("m2");
      assertThatThrownBy(() -> here.fetch(-1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> here.setWriteQueueMaxSize(0)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @OnEveryEngine
  void onePipesIntoAnother(String engine) {
    try (Linked both = Linked.of(engine)) {
      Agent cat = both.world().host();
      BlockingQueue<Channel> atCat = new LinkedBlockingQueue<>();
      cat.onChannel(atCat::add);
      Channel first = await(both.link().channel("data"));
      Channel second = await(await(both.bob().connect(cat.did())).channel("data"));
      second.setWriteQueueMaxSize(64_000);
      AtomicInteger bytes = new AtomicInteger();
      Promise<Integer> ended = Promise.promise();
      Channel last = next(atCat);
      last.endHandler(end -> ended.complete(bytes.get()));
      last.handler(message -> bytes.addAndGet(message.length()));

      Future<Void> piped = next(both.atBob()).pipeTo(second);
      for (int i = 0; i < 300; i++) {
        await(first.write(Buffer.buffer(new byte[16_000])));
      }
      first.end();

      await(piped);
      assertThat(await(ended.future())).isEqualTo(300 * 16_000);
    }
  }

  @OnEveryEngine
  void aWriterOnAnyThreadThatHeedsTheQueueLosesNothing(String engine) throws InterruptedException {
    try (Linked both = Linked.of(engine)) {
      Channel there = await(both.link().channel("data"));
      there.setWriteQueueMaxSize(32_000);
      AtomicInteger count = new AtomicInteger();
      Promise<Void> all = Promise.promise();
      next(both.atBob()).handler(bytes -> {
        if (count.incrementAndGet() == 5_000) {
          all.complete();
        }
      });
      BlockingQueue<Boolean> room = new LinkedBlockingQueue<>();
      there.drainHandler(drained -> room.add(true));

      for (int i = 0; i < 5_000; i++) {
        there.write(Buffer.buffer(new byte[1_000]));
        if (there.writeQueueFull()) {
          next(room);
        }
      }

      await(all.future());
    }
  }

  @OnEveryEngine
  void aHandlerThatThrowsStopsNothing(String engine) {
    try (Linked both = Linked.of(engine)) {
      BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
      both.world().vertx.exceptionHandler(thrown::add);
      both.bob().onLink(link -> {
        throw new IllegalStateException("link");
      });
      both.link().stateHandler(state -> {
        throw new IllegalStateException("state");
      });
      Channel there = await(both.link().channel("data"));
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();
      next(both.atBob()).messageHandler(message -> {
        heard.add(message.text());
        throw new IllegalStateException("message");
      });

      await(there.writeText("one"));
      await(there.writeText("two"));
      assertThat(next(heard)).isEqualTo("one");
      assertThat(next(heard)).isEqualTo("two");
      await(both.link().close());

      both.world().until(() -> thrown.stream().map(Throwable::getMessage).toList()
        .containsAll(List.of("message", "state")));
    }
  }

  @OnEveryEngine
  void channelsThatCameBeforeTheirHandlerAreNotLost(String engine) {
    try (World world = World.of(engine)) {
      Agent ann = world.host();
      Agent bob = world.host();
      Link link = await(ann.connect(bob.did()));
      await(await(link.channel("early")).writeText("before anybody listens"));
      Link back = await(bob.link(ann.did())).orElseThrow();
      BlockingQueue<String> heard = new LinkedBlockingQueue<>();

      back.channelHandler(channel -> channel.messageHandler(message -> heard.add(channel.label() + ": " + message.text())));

      assertThat(next(heard)).isEqualTo("early: before anybody listens");
    }
  }

  @OnEveryEngine
  void theToolkitsOwnChannelAndBadOptionsAreRefused(String engine) {
    try (Linked both = Linked.of(engine)) {
      assertThat(failureOf(both.link().channel(Link.PROTOCOL_CHANNEL))).isEqualTo(Failure.BAD_REQUEST);
      assertThatThrownBy(() -> new DataChannelOptions(true, 1, 1, "", false, null))
        .isInstanceOf(IllegalArgumentException.class);
      assertThat(failureOf(both.link().channel("x".repeat(70_000)))).isEqualTo(Failure.BAD_REQUEST);
      assertThat(await(both.link().channel("good")).isOpen()).isTrue();
    }
  }

  @OnEveryEngine
  void aLinkTakesNoMoreChannelsThanItMay(String engine) {
    try (World world = World.of(engine, new JsonObject().put("peer",
        new JsonObject().put("max_channels", 3)))) {
      Agent ann = world.host();
      Agent bob = world.host();
      Link link = await(ann.connect(bob.did()));
      await(link.channel("one"));
      await(link.channel("two"));

      assertThat(failureOf(link.channel("three"))).isEqualTo(Failure.OVERLOADED);
    }
  }
}
