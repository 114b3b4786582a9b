package io.aiconexus.webrtc.sctp;

import java.util.Arrays;

/** Turns DATA and FORWARD-TSN chunks into messages, and into SACKs. */
final class InboundData {

  private final ReceivedTsns tsns = new ReceivedTsns();
  private final ReceiveWindow window;
  private final InboundStreams streams;
  private final Acknowledger acknowledger;
  private final int maxMessageSize;
  /** How long the last long message was: the next is often as long, and then needs no copy at its end. */
  private int usualLength;
  private long duplicates;
  private long refused;

  InboundData(SctpOptions options, Deadlines deadlines, SctpListener listener) {
    this.maxMessageSize = options.maxMessageSize();
    this.window = new ReceiveWindow(options.receiveWindow(), options.mtu());
    this.streams = new InboundStreams(window, listener);
    this.acknowledger = new Acknowledger(tsns, window, deadlines, options.sackDelay().toNanos());
  }

  /** Takes the first TSN and the number of streams that the handshake agreed on. */
  void start(int initialTsn, int streamCount) {
    tsns.start(Integer.toUnsignedLong(initialTsn) + (1L << 32));
    streams.start(streamCount);
  }

  Acknowledger acknowledger() {
    return acknowledger;
  }

  InboundStreams streams() {
    return streams;
  }

  ReceiveWindow window() {
    return window;
  }

  long cumulative() {
    return tsns.cumulative();
  }

  long duplicates() {
    return duplicates;
  }

  long refused() {
    return refused;
  }

  /** Handles a DATA chunk's value. */
  void data(PacketReader chunk) {
    chunk.require(12);
    byte[] bytes = chunk.packet();
    int at = chunk.body();
    int length = chunk.length() - 12;
    long tsn = Wire.extend(tsns.cumulative(), Wire.int32(bytes, at));
    int stream = Wire.uint16(bytes, at + 4);
    if (length == 0) {
      throw new Violation(ErrorCause.NO_USER_DATA, "DATA chunk without data");
    }
    acknowledger.received(chunk.flags());
    if (tsns.has(tsn)) {
      duplicates++;
      acknowledger.duplicate(tsn);
    } else if (!tsns.accepts(tsn) || !window.accepts(length, tsn == tsns.cumulative() + 1)) {
      refused++;
      acknowledger.soon();
    } else if (stream >= streams.count()) {
      throw new Violation("DATA on stream " + stream + " of " + streams.count());
    } else {
      store(tsn, chunk.flags(), bytes, at, length);
    }
  }

  private void store(long tsn, int flags, byte[] bytes, int at, int length) {
    boolean hadGaps = tsns.hasGaps();
    int stream = Wire.uint16(bytes, at + 4);
    int ssn = Wire.uint16(bytes, at + 6);
    int ppid = Wire.int32(bytes, at + 8);
    boolean whole = (flags & (ChunkType.FLAG_BEGIN | ChunkType.FLAG_END))
      == (ChunkType.FLAG_BEGIN | ChunkType.FLAG_END);
    Partial completed;
    if (whole) {
      completed = tsns.add(tsn, null);
      checkLength(length);
      deliver(stream, ssn, ppid, (flags & ChunkType.FLAG_UNORDERED) != 0,
        Arrays.copyOfRange(bytes, at + 12, at + 12 + length));
    } else {
      completed = storePart(tsn, flags, stream, ssn, ppid, bytes, at + 12, length);
    }
    window.release(tsns.takeFreed());
    if (completed != null) {
      window.release(completed.length());
      deliver(completed.stream, completed.ssn, completed.ppid, completed.unordered, completed.toMessage());
    }
    if (hadGaps || tsns.hasGaps()) {
      acknowledger.now();
    }
    checkOrder();
  }

  private Partial storePart(long tsn, int flags, int stream, int ssn, int ppid, byte[] bytes, int from, int length) {
    Partial tail = tsns.tail();
    boolean inSequence = tsn == tsns.cumulative() + 1;
    if (!inSequence || tail == null) {
      window.hold(length);
      int capacity = inSequence ? usualLength : 0;
      Partial completed = tsns.add(tsn, new Partial(flags, stream, ssn, ppid, bytes, from, length, capacity));
      checkPartial(completed);
      return completed;
    }
    if (!tail.isDiscarded()) {
      window.hold(length);
    }
    tail.append(flags, stream, ssn, bytes, from, length);
    Partial completed = tsns.extendTail((flags & ChunkType.FLAG_END) != 0);
    checkPartial(completed);
    return completed;
  }

  private void checkPartial(Partial completed) {
    if (completed != null) {
      checkLength(completed.length());
      usualLength = completed.length();
    }
    if (tsns.tail() != null) {
      checkLength(tsns.tail().length());
    }
  }

  private void checkLength(int length) {
    if (length > maxMessageSize) {
      throw new Violation(ErrorCause.OUT_OF_RESOURCE,
        "a message is longer than the " + maxMessageSize + " bytes that are taken");
    }
  }

  private void deliver(int stream, int ssn, int ppid, boolean unordered, byte[] data) {
    if (unordered) {
      streams.unordered(stream, ppid, data);
    } else {
      streams.ordered(stream, ssn, ppid, data);
    }
  }

  /** With nothing missing, nothing can be waited for: the peer skipped a stream sequence number. */
  private void checkOrder() {
    if (streams.isWaiting() && !tsns.hasGaps()) {
      throw new Violation("a message waits for one that was never sent");
    }
  }

  /** Handles a FORWARD-TSN chunk's value (RFC 3758 section 3.6). */
  void forward(PacketReader chunk) {
    chunk.require(4);
    byte[] bytes = chunk.packet();
    int at = chunk.body();
    long tsn = Wire.extend(tsns.cumulative(), Wire.int32(bytes, at));
    acknowledger.now();
    if (tsn <= tsns.cumulative()) {
      return;
    }
    tsns.forward(tsn);
    window.release(tsns.takeFreed());
    for (int entry = at + 4; entry + 4 <= at + chunk.length(); entry += 4) {
      streams.skip(Wire.uint16(bytes, entry), Wire.uint16(bytes, entry + 2));
    }
    checkOrder();
  }
}
