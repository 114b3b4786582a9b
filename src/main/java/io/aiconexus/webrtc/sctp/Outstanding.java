package io.aiconexus.webrtc.sctp;

/**
 * The chunks that were sent and are not yet cumulatively acknowledged, by TSN, in rings that grow as needed.
 * <p>
 * TSNs are 64 bits long in here and never wrap; the low 32 go on the wire.
 */
final class Outstanding {

  /** What is known of a chunk. */
  static final byte IN_FLIGHT = 1;
  static final byte LOST = 2;
  static final byte ACKED = 3;
  static final byte ABANDONED = 4;

  private static final int SMALLEST = 16;
  /** Rings up to this size are kept when they run empty. */
  private static final int KEPT = 256;

  private OutboundMessage[] messages = new OutboundMessage[SMALLEST];
  private int[] froms = new int[SMALLEST];
  private int[] lengths = new int[SMALLEST];
  private int[] sends = new int[SMALLEST];
  private long[] sentAt = new long[SMALLEST];
  private long[] packets = new long[SMALLEST];
  private byte[] states = new byte[SMALLEST];
  private int mask = SMALLEST - 1;

  private long acked;
  private long next;
  private int flight;
  private int unacked;
  private int lost;
  private long firstLost;

  Outstanding(long initialTsn) {
    next = initialTsn;
    acked = initialTsn - 1;
  }

  /** The TSN that the next new chunk gets. */
  long next() {
    return next;
  }

  /** Everything up to here has arrived, or is given up by both sides. */
  long acked() {
    return acked;
  }

  boolean isEmpty() {
    return acked + 1 == next;
  }

  /** Bytes on their way as far as we know, headers included. */
  int flight() {
    return flight;
  }

  /** Bytes that the peer may yet have to store: in flight or to be sent again. */
  int unacked() {
    return unacked;
  }

  /** Chunks that wait to be sent again. */
  int lost() {
    return lost;
  }

  /** Where the search for lost chunks begins. */
  long firstLost() {
    return Math.max(firstLost, acked + 1);
  }

  /** Notes that no chunk before {@code tsn} is lost. */
  void firstLost(long tsn) {
    firstLost = tsn;
  }

  /** Notes a new chunk and gives it its TSN. */
  long add(OutboundMessage message, int from, int length, long packet, long now) {
    if (next - acked > mask) {
      resize(2 * (mask + 1));
    }
    int slot = (int) next & mask;
    messages[slot] = message;
    froms[slot] = from;
    lengths[slot] = length;
    sends[slot] = 1;
    sentAt[slot] = now;
    packets[slot] = packet;
    states[slot] = IN_FLIGHT;
    int cost = cost(length);
    flight += cost;
    unacked += cost;
    return next++;
  }

  /** Uses up a TSN for what will never be sent: the end of a message that was begun and given up. */
  void addAbandoned(OutboundMessage message) {
    long tsn = add(message, message.taken, 0, 0, 0);
    abandon(tsn);
  }

  private static int cost(int length) {
    return ChunkType.DATA_HEADER + Wire.padded(length);
  }

  private void resize(int size) {
    OutboundMessage[] newMessages = new OutboundMessage[size];
    int[] newFroms = new int[size];
    int[] newLengths = new int[size];
    int[] newSends = new int[size];
    long[] newSentAt = new long[size];
    long[] newPackets = new long[size];
    byte[] newStates = new byte[size];
    for (long tsn = acked + 1; tsn < next; tsn++) {
      int from = (int) tsn & mask;
      int to = (int) tsn & size - 1;
      newMessages[to] = messages[from];
      newFroms[to] = froms[from];
      newLengths[to] = lengths[from];
      newSends[to] = sends[from];
      newSentAt[to] = sentAt[from];
      newPackets[to] = packets[from];
      newStates[to] = states[from];
    }
    messages = newMessages;
    froms = newFroms;
    lengths = newLengths;
    sends = newSends;
    sentAt = newSentAt;
    packets = newPackets;
    states = newStates;
    mask = size - 1;
  }

  byte state(long tsn) {
    return states[(int) tsn & mask];
  }

  OutboundMessage message(long tsn) {
    return messages[(int) tsn & mask];
  }

  int from(long tsn) {
    return froms[(int) tsn & mask];
  }

  int length(long tsn) {
    return lengths[(int) tsn & mask];
  }

  /** How often the chunk was sent. */
  int sends(long tsn) {
    return sends[(int) tsn & mask];
  }

  long sentAt(long tsn) {
    return sentAt[(int) tsn & mask];
  }

  /** The number of the packet in which the chunk was sent last. */
  long packet(long tsn) {
    return packets[(int) tsn & mask];
  }

  /** Notes that the chunk has arrived; returns the bytes that this frees. */
  int acknowledge(long tsn) {
    int slot = (int) tsn & mask;
    byte state = states[slot];
    if (state == ACKED || state == ABANDONED) {
      return 0;
    }
    int cost = cost(lengths[slot]);
    leave(state, cost);
    unacked -= cost;
    states[slot] = ACKED;
    return cost;
  }

  private void leave(byte state, int cost) {
    if (state == IN_FLIGHT) {
      flight -= cost;
    } else if (state == LOST) {
      lost--;
    }
  }

  /** Lets go of everything up to {@code tsn}, all of it acknowledged or abandoned. */
  void release(long tsn) {
    while (acked < tsn) {
      acked++;
      messages[(int) acked & mask] = null;
    }
    if (isEmpty() && mask >= KEPT) {
      resize(SMALLEST);
    }
  }

  /** Notes that the chunk, in flight or acknowledged before, must be sent again. */
  void lose(long tsn) {
    int slot = (int) tsn & mask;
    if (states[slot] == IN_FLIGHT) {
      flight -= cost(lengths[slot]);
    } else {
      unacked += cost(lengths[slot]);
    }
    states[slot] = LOST;
    firstLost = lost == 0 ? tsn : Math.min(firstLost, tsn);
    lost++;
  }

  /** Notes that the lost chunk is on its way again. */
  void resent(long tsn, long packet, long now) {
    int slot = (int) tsn & mask;
    states[slot] = IN_FLIGHT;
    lost--;
    flight += cost(lengths[slot]);
    sentAgain(tsn, packet, now);
  }

  /** Notes that a chunk still in flight was sent once more. */
  void sentAgain(long tsn, long packet, long now) {
    int slot = (int) tsn & mask;
    sends[slot]++;
    packets[slot] = packet;
    sentAt[slot] = now;
  }

  /** Notes that the chunk will not be sent again, whether it arrived or not. */
  void abandon(long tsn) {
    int slot = (int) tsn & mask;
    byte state = states[slot];
    int cost = cost(lengths[slot]);
    leave(state, cost);
    if (state == IN_FLIGHT || state == LOST) {
      unacked -= cost;
    }
    states[slot] = ABANDONED;
  }
}
