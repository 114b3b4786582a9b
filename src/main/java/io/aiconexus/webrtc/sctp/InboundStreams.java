package io.aiconexus.webrtc.sctp;

/** Gives whole messages to the listener: unordered ones at once, ordered ones in the order of their stream. */
final class InboundStreams {

  private final ReceiveWindow window;
  private final SctpListener listener;
  private final StreamTable<InboundStream> streams = new StreamTable<>();
  private int count;
  private int waiting;

  InboundStreams(ReceiveWindow window, SctpListener listener) {
    this.window = window;
    this.listener = listener;
  }

  /** Sets how many streams there are. */
  void start(int negotiated) {
    count = negotiated;
  }

  int count() {
    return count;
  }

  /** Whether a message waits for one before it. */
  boolean isWaiting() {
    return waiting > 0;
  }

  void unordered(int stream, int ppid, byte[] data) {
    window.deliver(data.length);
    listener.message(stream, ppid, data);
  }

  void ordered(int stream, int ssn, int ppid, byte[] data) {
    InboundStream in = streams.get(stream);
    if (in == null) {
      in = new InboundStream();
      streams.put(stream, in);
    }
    if (in.isNext(ssn)) {
      in.passed();
      unordered(stream, ppid, data);
      if (in.hasEarly()) {
        deliverEarly(stream, in);
      }
    } else if (in.keep(ssn, new InboundStream.Waiting(ppid, data))) {
      waiting++;
      window.hold(data.length + ReceiveWindow.MESSAGE_COST);
    } else {
      throw new Violation("stream sequence number " + ssn + " was used twice on stream " + stream);
    }
  }

  private void deliverEarly(int stream, InboundStream in) {
    InboundStream.Waiting message;
    while ((message = in.poll()) != null) {
      waiting--;
      window.release(message.data().length + ReceiveWindow.MESSAGE_COST);
      unordered(stream, message.ppid(), message.data());
    }
  }

  /** Moves on past a message that the peer gave up. */
  void skip(int stream, int ssn) {
    if (stream >= count) {
      return;
    }
    InboundStream in = streams.get(stream);
    if (in == null) {
      in = new InboundStream();
      streams.put(stream, in);
    }
    in.skip(ssn);
    deliverEarly(stream, in);
  }

  /** Lets the stream begin anew: its next message has number 0. */
  void reset(int stream) {
    InboundStream in = streams.get(stream);
    if (in != null && !in.hasEarly()) {
      streams.remove(stream);
    }
  }
}
