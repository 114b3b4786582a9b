package io.aiconexus.webrtc.net;

import java.util.Arrays;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A network and the time, both simulated: the same seed gives the same run, however fast the machine is.
 * <p>
 * Single-threaded. Things happen in {@link #step}, one event at a time, and the clock jumps from one to the next.
 */
public final class SimulatedNetwork {

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  private final SplittableRandom random;
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now = 1_000_000_000L;
  private long order;

  /** Starts at one second, with nothing under way. */
  public SimulatedNetwork(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The virtual time in nanoseconds. */
  public long now() {
    return now;
  }

  /** Lets something happen at a time, at once if that is past. */
  public void at(long nanos, Runnable action) {
    events.add(new Event(Math.max(nanos, now), order++, action));
  }

  /** Lets the next thing happen; false when nothing is left. */
  public boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    now = next.at;
    next.action.run();
    return true;
  }

  /** Steps until it is done, or nothing is left, or that much virtual time is over; returns whether it is done. */
  public boolean runUntil(BooleanSupplier done, long nanos) {
    long end = now + nanos;
    while (!done.getAsBoolean()) {
      if (events.isEmpty() || events.peek().at > end) {
        now = events.isEmpty() ? now : end;
        return false;
      }
      step();
    }
    return true;
  }

  /** Lets that much virtual time pass. */
  public void run(long nanos) {
    long end = now + nanos;
    runUntil(() -> false, nanos);
    now = end;
  }

  /** Creates one direction of a path to a receiver. */
  public Link link(LinkConditions conditions, Consumer<byte[]> receiver) {
    return new Link(conditions, receiver);
  }

  /** One direction of a path. */
  public final class Link {

    private final Consumer<byte[]> receiver;
    private LinkConditions conditions;
    private long busyUntil;
    private long sent;
    private long sentBytes;
    private long dropped;

    private Link(LinkConditions conditions, Consumer<byte[]> receiver) {
      this.conditions = conditions;
      this.receiver = receiver;
    }

    /** Changes how packets sent from now on are treated. */
    public void conditions(LinkConditions other) {
      conditions = other;
    }

    /** Packets sent, lost ones too. */
    public long sent() {
      return sent;
    }

    /** Their bytes. */
    public long sentBytes() {
      return sentBytes;
    }

    /** Packets lost, too long, or one too many for the queue. */
    public long dropped() {
      return dropped;
    }

    /** Sends the first {@code length} bytes, which are copied. */
    public void send(byte[] packet, int length) {
      sent++;
      sentBytes += length;
      long queued = conditions.bytesPerSecond() == 0
        ? 0 : Math.max(0, busyUntil - now) * conditions.bytesPerSecond() / 1_000_000_000;
      if (length > conditions.mtu() || random.nextDouble() < conditions.loss()
        || queued + length > conditions.queueBytes()) {
        dropped++;
        return;
      }
      byte[] copy = Arrays.copyOf(packet, length);
      deliver(copy);
      if (random.nextDouble() < conditions.duplication()) {
        deliver(copy.clone());
      }
    }

    private void deliver(byte[] packet) {
      long leaves = now;
      if (conditions.bytesPerSecond() > 0) {
        busyUntil = Math.max(busyUntil, now) + packet.length * 1_000_000_000L / conditions.bytesPerSecond();
        leaves = busyUntil;
      }
      long held = random.nextDouble() < conditions.reordering() && conditions.hold().toNanos() > 0
        ? random.nextLong(conditions.hold().toNanos()) : 0;
      at(leaves + conditions.delay().toNanos() + held, () -> receiver.accept(packet));
    }
  }
}
