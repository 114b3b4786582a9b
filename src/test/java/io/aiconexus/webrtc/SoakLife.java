package io.aiconexus.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The life of one connection, from its first offer to its end, as the seed has it: channels of all kinds that come and
 * go, messages both ways of which every byte is compared, ICE restarts, silence longer than consent lasts.
 */
final class SoakLife {

  /** What lives did so far. */
  record Deeds(long connections, long messages, long bytes, long restarts) {

    Deeds plus(Deeds other) {
      return new Deeds(connections + other.connections, messages + other.messages, bytes + other.bytes,
        restarts + other.restarts);
    }
  }

  private static final List<DataChannelOptions> KINDS = List.of(DataChannelOptions.DEFAULTS,
    new DataChannelOptions(false, null, null, "", false, null),
    new DataChannelOptions(true, 0, null, "", false, null),
    new DataChannelOptions(false, null, 100, "", false, null));
  private static final int MOST_CHANNELS = 4;
  private static final int MOST_ROUNDS = 6;
  private static final int MOST_MESSAGES = 20;
  private static final int LONGEST_MESSAGE = 65_536;
  /** Consent ends after 30 s without an answer (RFC 7675, section 5.1). */
  private static final int LONGEST_SILENCE_SECONDS = 35;

  private final Vertx vertx;
  private final Random random;
  private final End[] ends;
  private final List<Ear[]> channels = new ArrayList<>();
  private long number = 1;
  private Deeds deeds = new Deeds(1, 0, 0, 0);

  private SoakLife(Vertx vertx, Engine left, Engine right, long seed) {
    this.vertx = vertx;
    this.random = new Random(seed);
    this.ends = End.pair(vertx, left, right);
  }

  /** Lives it on the calling thread; fails when anything is not as it should be. */
  static Deeds live(Vertx vertx, Engine left, Engine right, long seed) {
    SoakLife life = new SoakLife(vertx, left, right, seed);
    life.live();
    return life.deeds;
  }

  private void live() {
    Ear first = ends[0].channel("first", DataChannelOptions.DEFAULTS);
    ends[0].connect();
    channels.add(new Ear[] {first.open(), End.next(ends[1].incoming).open()});
    int rounds = 1 + random.nextInt(MOST_ROUNDS);
    for (int round = 0; round < rounds; round++) {
      happen();
      channels.forEach(this::talk);
    }
    int side = random.nextInt(2);
    ends[side].close();
    channels.forEach(ears -> hearGoodbye(ears[1 - side]));
    EngineUnderTest.closeAll(ends);
  }

  /** Both datagrams that say goodbye may be lost, and then the end of consent says it. */
  private static void hearGoodbye(Ear ear) {
    try {
      assertThat(ear.closed.poll(LONGEST_SILENCE_SECONDS, TimeUnit.SECONDS)).isNotNull();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void happen() {
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> openChannel();
      case 3, 4 -> closeChannel();
      case 5 -> restart(ends[random.nextInt(2)]);
      case 6 -> End.await(vertx.timer(1 + random.nextInt(2_000), TimeUnit.MILLISECONDS));
      default -> beSilent(random.nextInt(8) == 0 ? LONGEST_SILENCE_SECONDS : 1);
    }
  }

  private void beSilent(int seconds) {
    vertx.timer(seconds, TimeUnit.SECONDS).toCompletionStage().toCompletableFuture().join();
  }

  private void openChannel() {
    if (channels.size() < MOST_CHANNELS) {
      int side = random.nextInt(2);
      Ear here = ends[side].channel("more", KINDS.get(random.nextInt(KINDS.size()))).open();
      Ear there = End.next(ends[1 - side].incoming).open();
      channels.add(side == 0 ? new Ear[] {here, there} : new Ear[] {there, here});
    }
  }

  private void closeChannel() {
    if (channels.size() > 1) {
      Ear[] ears = channels.remove(1 + random.nextInt(channels.size() - 1));
      int side = random.nextInt(2);
      ears[side].run(DataChannel::close);
      assertThat(End.next(ears[side].closed)).isEqualTo(Ear.ASKED);
      End.next(ears[1 - side].closed);
    }
  }

  private void restart(End offerer) {
    offerer.connection.restartIce();
    offerer.connect();
    deeds = deeds.plus(new Deeds(0, 0, 0, 1));
  }

  /** Sends both ways at once and compares what comes. */
  private void talk(Ear[] ears) {
    int count = random.nextInt(MOST_MESSAGES);
    long start = number;
    number += count;
    List<Future<Void>> sent = new ArrayList<>();
    for (long i = start; i < number; i++) {
      sent.add(ears[0].send(message(i), true));
      sent.add(ears[1].send(message(-i), true));
    }
    End.await(Future.all(sent));
    compare(ears[1], LongStream.range(start, number).boxed().toList());
    compare(ears[0], LongStream.range(start, number).map(i -> -i).boxed().toList());
  }

  private void compare(Ear ear, List<Long> sent) {
    DataChannelOptions options = ear.channel.options();
    List<Long> heard = new ArrayList<>();
    while (options.reliable() ? heard.size() < sent.size() : !ear.messages.isEmpty()) {
      Buffer message = ear.hear().data();
      assertThat(message).isEqualTo(message(message.getLong(0)));
      heard.add(message.getLong(0));
      deeds = deeds.plus(new Deeds(0, 1, message.length(), 0));
    }
    if (options.ordered()) {
      assertThat(heard).isSortedAccordingTo(Comparator.comparing(Math::abs)).doesNotHaveDuplicates();
    }
    if (options.reliable()) {
      assertThat(heard).containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  /** The message of that number: the number, and what follows from it. */
  private static Buffer message(long number) {
    Random content = new Random(number);
    byte[] bytes = new byte[content.nextBoolean() ? content.nextInt(100) : content.nextInt(LONGEST_MESSAGE)];
    content.nextBytes(bytes);
    return Buffer.buffer().appendLong(number).appendBytes(bytes);
  }
}
