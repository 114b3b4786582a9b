package io.aiconexus.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import io.aiconexus.bus.Failure;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The lane's half of a channel: sends in bursts, and keeps the account of what libwebrtc has not sent yet.
 * <p>
 * {@code onBufferedAmountChange} is never called by webrtc-java 0.14.0, and {@code send} drops without a word over 16
 * MiB. So bytes handed over are added up, and the true amount is asked for only while something is outstanding: when
 * the high-water mark is reached, and every few milliseconds after.
 */
final class LaneChannel {

  /** Messages sent before other channels of the lane have their turn. */
  private static final int BURST = 64;
  private static final long ASK_AGAIN_MILLIS = 4;
  private static final long ASK_AGAIN_FULL_MILLIS = 1;

  private final NativeConnection connection;
  private final NativeChannel owner;
  private final NativeLane lane;
  private final Queue<Outgoing> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private RTCDataChannel channel;
  private Events events;
  private long outstanding;
  private boolean full;
  private boolean asking;
  private boolean closeAsked;

  LaneChannel(NativeConnection connection, NativeChannel owner) {
    this.connection = connection;
    this.owner = owner;
    this.lane = connection.lane();
  }

  /** Takes the native channel; {@code ask} when it may have changed its state before anyone listened. */
  void open(RTCDataChannel made, boolean ask) {
    channel = made;
    events = new Events(lane, this);
    channel.registerObserver(events);
    if (ask) {
      tellState();
    }
  }

  /** Its SCTP stream, or -1 before it has one; lane thread only. */
  int stream() {
    boolean known = owner.options().negotiated();
    return known ? owner.options().id() : channel == null ? -1 : channel.getId();
  }

  /** Queues a message; from the context. */
  void send(Outgoing message) {
    queue.add(message);
    schedule();
  }

  /** Closes the channel when everything queued before has been sent; from the context. */
  void closeWhenDrained() {
    lane.execute(() -> {
      closeAsked = true;
      closeIfDrained();
    });
  }

  /** No event from here on. */
  void silence() {
    if (events != null) {
      events.half = null;
    }
    if (channel != null) {
      channel.unregisterObserver();
    }
  }

  /** Gives the native object back. */
  void dispose() {
    RTCDataChannel made = channel;
    channel = null;
    queue.clear();
    if (made != null) {
      disposeNative(made);
    }
  }

  private void drain() {
    scheduled.set(false);
    if (channel == null) {
      return;
    }
    List<Outgoing> taken = new ArrayList<>();
    while (taken.size() < BURST && !queue.isEmpty() && hasRoomFor(queue.peek().data().length())) {
      Outgoing next = queue.remove();
      sendNow(next);
      outstanding += next.data().length();
      taken.add(next);
    }
    tell(taken);
    if (!queue.isEmpty() && !full) {
      schedule();
    }
    askAgain();
    closeIfDrained();
  }

  /** Below the mark libwebrtc takes the message; at the mark it is asked how much of what it has is still there. */
  private boolean hasRoomFor(int length) {
    if (!full && outstanding + length > connection.options().highWaterBytes()) {
      outstanding = channel.getBufferedAmount();
      full = outstanding + length > connection.options().highWaterBytes();
    }
    return !full;
  }

  /** While anything is outstanding, sees from time to time what became of it. */
  private void askAgain() {
    if (!asking && (outstanding > 0 || full)) {
      asking = true;
      lane.later(full ? ASK_AGAIN_FULL_MILLIS : ASK_AGAIN_MILLIS, this::ask);
    }
  }

  private void ask() {
    asking = false;
    if (channel == null) {
      return;
    }
    outstanding = channel.getBufferedAmount();
    full &= outstanding > connection.options().lowWaterBytes();
    if (queue.isEmpty() || full) {
      tell(List.of());
      askAgain();
    } else {
      drain();
    }
  }

  private void tell(List<Outgoing> taken) {
    long amount = outstanding;
    connection.hop(() -> owner.onSent(taken, amount));
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      lane.execute(this::drain);
    }
  }

  private void sendNow(Outgoing message) {
    try {
      channel.send(new RTCDataChannelBuffer(lane.direct(message.data()), message.binary()));
    } catch (Exception e) {
      RuntimeException cause = Failure.NOT_CONNECTED.because("libwebrtc refused the message: " + e.getMessage());
      connection.hop(() -> message.taken().tryFail(cause));
      tellState();
    }
  }

  private void closeIfDrained() {
    if (closeAsked && queue.isEmpty() && channel != null) {
      closeAsked = false;
      channel.close();
    }
  }

  private void tellState() {
    if (channel == null) {
      return;
    }
    RTCDataChannelState state = channel.getState();
    if (state == RTCDataChannelState.OPEN) {
      int id = owner.options().negotiated() ? owner.options().id() : channel.getId();
      connection.hop(() -> owner.onOpen(id));
    } else if (state == RTCDataChannelState.CLOSING) {
      connection.hop(owner::onClosing);
    } else if (state == RTCDataChannelState.CLOSED) {
      end("closed by the other end");
    }
  }

  private void end(String reason) {
    silence();
    dispose();
    connection.half().forget(this);
    connection.hop(() -> owner.onClosed(reason));
  }

  private void overrun() {
    if (channel != null) {
      connection.hop(() -> owner.onClosed("the reader did not keep up with webrtc.native.receive_cap_bytes"));
      channel.close();
    }
  }

  private static void disposeNative(RTCDataChannel made) {
    try {
      made.dispose();
    } catch (Error others) {
      // A plain java.lang.Error says that libwebrtc itself still holds it; our reference is dropped all the same.
      if (others.getClass() != Error.class) {
        throw others;
      }
    }
  }

  /** Takes one message, on libwebrtc's thread; false when it is one too many for a reader that does not keep up. */
  private boolean accept(RTCDataChannelBuffer message) {
    byte[] copy = new byte[message.data.remaining()];
    message.data.get(copy);
    if (!owner.accept(copy.length)) {
      lane.execute(this::overrun);
      return false;
    }
    Buffer data = Buffer.buffer(copy);
    boolean binary = message.binary;
    connection.hop(() -> owner.onMessage(data, binary));
    return true;
  }

  /**
   * Takes the callbacks, on libwebrtc's thread. The binding keeps it for ever, and with it whatever it refers to: so
   * it knows its channel and nothing else, and lets go of that at the end.
   */
  private static final class Events implements RTCDataChannelObserver {

    private final NativeLane lane;
    private volatile LaneChannel half;
    private boolean overrun;

    Events(NativeLane lane, LaneChannel half) {
      this.lane = lane;
      this.half = half;
    }

    @Override
    public void onBufferedAmountChange(long previous) {
      // Never called by webrtc-java 0.14.0.
    }

    @Override
    public void onStateChange() {
      lane.callback(() -> {
        LaneChannel to = half;
        if (to != null) {
          lane.execute(to::tellState);
        }
      });
    }

    @Override
    public void onMessage(RTCDataChannelBuffer message) {
      lane.callback(() -> {
        lane.countReceived();
        LaneChannel to = half;
        if (to != null && !overrun) {
          overrun = !to.accept(message);
        }
      });
    }
  }
}
