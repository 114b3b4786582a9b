package io.aiconexus.webrtc.dcep;

import java.util.BitSet;
import java.util.OptionalInt;

/**
 * Which stream ids are in use, and which of them is ours to give: the DTLS client's are even, the server's odd (RFC
 * 8832 section 6). Belongs to one connection and its thread.
 */
public final class StreamIds {

  /** Ids 0 to 65,534; 65,535 is reserved (RFC 8831 section 6.2). */
  public static final int MOST = 65_535;

  private final BitSet used = new BitSet();
  private final int ours;
  private final int maxChannels;
  private int limit;

  /**
   * Starts with no id in use.
   *
   * @param dtlsClient  whether we are the DTLS client
   * @param limit       ids are below this: the smaller number of streams of both directions
   * @param maxChannels channels open at once at most, ours and the peer's together
   */
  public StreamIds(boolean dtlsClient, int limit, int maxChannels) {
    this.ours = dtlsClient ? 0 : 1;
    this.maxChannels = maxChannels;
    limit(limit);
  }

  /** Sets the bound again, once the SCTP handshake has settled it. */
  public void limit(int streams) {
    limit = Math.min(MOST, streams);
  }

  /** Takes the lowest free id of ours; nothing when none is left or too many channels are open. */
  public OptionalInt take() {
    if (isFull()) {
      return OptionalInt.empty();
    }
    int id = ours;
    while (id < limit && used.get(id)) {
      id += 2;
    }
    if (id >= limit) {
      return OptionalInt.empty();
    }
    used.set(id);
    return OptionalInt.of(id);
  }

  /**
   * Takes an id that the application negotiated by itself, of either parity; false when it is in use or out of range.
   */
  public boolean takeNegotiated(int id) {
    if (id < 0 || id >= limit || used.get(id) || isFull()) {
      return false;
    }
    used.set(id);
    return true;
  }

  /**
   * Takes the id of a channel that the peer opens. Fails when it is not the peer's to give, in use, or one too many.
   */
  public void takeRemote(int id) throws DcepException {
    if (id < 0 || id >= limit) {
      throw new DcepException("the peer opened a channel on stream " + id + " of " + limit);
    }
    if (id % 2 == ours) {
      throw new DcepException("the peer opened a channel on stream " + id + ", which is ours to give");
    }
    if (used.get(id)) {
      throw new DcepException("the peer opened a channel on stream " + id + ", which is in use");
    }
    if (isFull()) {
      throw new DcepException("the peer opened more than " + maxChannels + " channels");
    }
    used.set(id);
  }

  /** Gives an id back, once both directions of its stream were reset. */
  public void release(int id) {
    used.clear(id);
  }

  /** Whether the id is in use. */
  public boolean isUsed(int id) {
    return used.get(id);
  }

  private boolean isFull() {
    return used.cardinality() >= maxChannels;
  }
}
