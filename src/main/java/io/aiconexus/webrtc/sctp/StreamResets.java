package io.aiconexus.webrtc.sctp;

import io.aiconexus.webrtc.sctp.Deadlines.Timer;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Closes streams, one direction at a time (RFC 6525 as RFC 8831 section 6.7 uses it): one request at a time each way.
 */
final class StreamResets {

  private static final int OUTGOING_RESET = 13;
  private static final int INCOMING_RESET = 14;
  private static final int TSN_RESET = 15;
  private static final int RESPONSE = 16;
  private static final int ADD_OUTGOING = 17;
  private static final int ADD_INCOMING = 18;
  private static final int REQUEST_FIXED = 16;

  private static final int NOTHING_TO_DO = 0;
  private static final int PERFORMED = 1;
  private static final int DENIED = 2;
  private static final int BAD_SEQUENCE = 5;
  private static final int IN_PROGRESS = 6;

  private final PacketWriter writer;
  private final Deadlines deadlines;
  private final RtoEstimator rto;
  private final SendQueue queue;
  private final Transmitter transmitter;
  private final InboundData inbound;
  private final SctpListener listener;
  private final ArrayDeque<Integer> wanted = new ArrayDeque<>(0);
  private boolean possible;
  private int ourSequence;
  private int[] asked;
  private byte[] request;
  private int attempts;

  private int theirSequence;
  private int lastResult = NOTHING_TO_DO;
  private int[] deferred;
  private long deferredUntil;

  StreamResets(PacketWriter writer, Deadlines deadlines, RtoEstimator rto, SendQueue queue, Transmitter transmitter,
               InboundData inbound, SctpListener listener, int initialTsn) {
    this.writer = writer;
    this.deadlines = deadlines;
    this.rto = rto;
    this.queue = queue;
    this.transmitter = transmitter;
    this.inbound = inbound;
    this.listener = listener;
    this.ourSequence = initialTsn;
  }

  /** Request sequence numbers begin with the initial TSN (RFC 6525 section 4.1). */
  void start(int peerInitialTsn, boolean peerUnderstands) {
    theirSequence = peerInitialTsn - 1;
    possible = peerUnderstands;
  }

  /** Asks for the stream's outgoing side to be reset once all that is queued on it has been sent. */
  void request(int id) {
    OutboundStream stream = queue.stream(id);
    if (!stream.resetting) {
      stream.resetting = true;
      wanted.add(id);
    }
  }

  /** Whether a request waits, or is not answered. */
  boolean isBusy() {
    return asked != null || !wanted.isEmpty();
  }

  /** Sends the next request if there is one and its streams have run dry. */
  void flush(long now) {
    if (asked != null || wanted.isEmpty()) {
      return;
    }
    int most = (writer.capacity() - ChunkType.HEADER - REQUEST_FIXED) / 2;
    asked = wanted.stream().filter(id -> queue.stream(id).head == null).limit(most)
      .mapToInt(Integer::intValue).toArray();
    if (asked.length == 0) {
      asked = null;
      return;
    }
    for (int id : asked) {
      wanted.remove(id);
    }
    if (possible) {
      writeRequest();
      attempts = 0;
      deadlines.set(Timer.RESET, now + rto.rto());
    } else {
      answered(false);
    }
  }

  private void writeRequest() {
    writer.makeRoom(Wire.padded(ChunkType.HEADER + REQUEST_FIXED + 2 * asked.length));
    int chunk = writer.begin(ChunkType.RE_CONFIG, 0);
    int at = writer.position();
    writer.uint16(OUTGOING_RESET);
    writer.uint16(0);
    writer.int32(ourSequence);
    writer.int32(theirSequence);
    writer.int32((int) transmitter.lastTsn());
    for (int id : asked) {
      writer.uint16(id);
    }
    writer.end(at);
    writer.end(chunk);
    request = writer.copyFrom(chunk);
  }

  /** The request was not answered in time, or is still in progress over there: sends it again. Returns the attempts. */
  int timedOut(long now) {
    if (request == null) {
      return 0;
    }
    writer.chunk(request);
    rto.backOff();
    deadlines.set(Timer.RESET, now + rto.rto());
    return ++attempts;
  }

  /** Handles a RE-CONFIG chunk's value. */
  void reconfigure(PacketReader chunk, long now) {
    Parameters parameters = new Parameters(chunk.packet(), chunk.body(), chunk.body() + chunk.length());
    while (parameters.next()) {
      switch (parameters.type()) {
        case OUTGOING_RESET -> outgoingReset(parameters, chunk.packet());
        case INCOMING_RESET, TSN_RESET, ADD_OUTGOING, ADD_INCOMING -> deny(parameters, chunk.packet());
        case RESPONSE -> response(parameters, chunk.packet(), now);
        default -> {
          // Unknown parameters are skipped.
        }
      }
    }
  }

  private void outgoingReset(Parameters parameters, byte[] bytes) {
    parameters.require(REQUEST_FIXED - Parameters.HEADER);
    int at = parameters.body();
    int sequence = Wire.int32(bytes, at);
    if (sequence == theirSequence) {
      respond(sequence, lastResult);
      return;
    }
    if (sequence != theirSequence + 1 || deferred != null) {
      respond(sequence, BAD_SEQUENCE);
      return;
    }
    theirSequence = sequence;
    int[] ids = new int[(parameters.length() - 12) / 2];
    Arrays.setAll(ids, i -> Wire.uint16(bytes, at + 12 + 2 * i));
    if (Arrays.stream(ids).anyMatch(id -> id >= inbound.streams().count()) || ids.length == 0) {
      // Data channels are closed by name; a reset of all streams at once is not among what RFC 8831 uses.
      lastResult = DENIED;
    } else {
      deferred = ids;
      deferredUntil = Wire.extend(inbound.cumulative(), Wire.int32(bytes, at + 8));
      lastResult = IN_PROGRESS;
    }
    performDeferred();
    respond(sequence, lastResult);
  }

  /** Performs the peer's reset once everything it sent before has arrived. */
  void performDeferred() {
    if (deferred == null || deferredUntil > inbound.cumulative()) {
      return;
    }
    int[] ids = deferred;
    deferred = null;
    lastResult = PERFORMED;
    for (int id : ids) {
      inbound.streams().reset(id);
    }
    listener.streamsReset(ids);
  }

  private void deny(Parameters parameters, byte[] bytes) {
    parameters.require(4);
    int sequence = Wire.int32(bytes, parameters.body());
    if (sequence == theirSequence + 1 && deferred == null) {
      theirSequence = sequence;
      lastResult = DENIED;
    }
    respond(sequence, sequence == theirSequence ? lastResult : BAD_SEQUENCE);
  }

  private void respond(int sequence, int result) {
    writer.makeRoom(ChunkType.HEADER + 12);
    int chunk = writer.begin(ChunkType.RE_CONFIG, 0);
    int at = writer.position();
    writer.uint16(RESPONSE);
    writer.uint16(0);
    writer.int32(sequence);
    writer.int32(result);
    writer.end(at);
    writer.end(chunk);
  }

  private void response(Parameters parameters, byte[] bytes, long now) {
    parameters.require(8);
    if (asked == null || Wire.int32(bytes, parameters.body()) != ourSequence) {
      return;
    }
    int result = Wire.int32(bytes, parameters.body() + 4);
    if (result == IN_PROGRESS) {
      attempts = 0;
      deadlines.set(Timer.RESET, now + rto.rto());
      return;
    }
    ourSequence++;
    deadlines.clear(Timer.RESET);
    answered(result == PERFORMED || result == NOTHING_TO_DO);
  }

  private void answered(boolean performed) {
    int[] ids = asked;
    asked = null;
    request = null;
    for (int id : ids) {
      queue.stream(id).resetting = false;
      if (performed) {
        queue.forget(id);
      }
    }
    listener.streamsResetByUs(ids, performed);
  }
}
