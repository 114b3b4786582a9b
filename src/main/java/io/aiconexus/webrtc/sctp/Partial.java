package io.aiconexus.webrtc.sctp;

import java.util.Arrays;

/** Consecutive parts of one incoming message, of which some are still missing (RFC 9260 section 6.9). */
final class Partial {

  final int stream;
  final int ssn;
  final int ppid;
  final boolean unordered;
  private final boolean begins;
  private boolean ends;
  private boolean discarded;
  private byte[] data;
  private int length;

  /**
   * Starts with one part of {@code length} bytes, in an array of {@code capacity} or, if that is too small, of length.
   */
  Partial(int flags, int stream, int ssn, int ppid, byte[] source, int from, int length, int capacity) {
    this.stream = stream;
    this.ssn = ssn;
    this.ppid = ppid;
    this.unordered = (flags & ChunkType.FLAG_UNORDERED) != 0;
    this.begins = (flags & ChunkType.FLAG_BEGIN) != 0;
    this.ends = (flags & ChunkType.FLAG_END) != 0;
    this.length = length;
    this.data = new byte[Math.max(capacity, length)];
    System.arraycopy(source, from, data, 0, length);
  }

  boolean isWhole() {
    return begins && ends;
  }

  boolean begins() {
    return begins;
  }

  boolean ends() {
    return ends;
  }

  int length() {
    return length;
  }

  /** Lets the bytes go: the message was abandoned by its sender, parts of it may still come. */
  void discard() {
    discarded = true;
    data = new byte[0];
    length = 0;
  }

  boolean isDiscarded() {
    return discarded;
  }

  /** Adds the part that follows. Fails with a {@link Violation} when it is not of this message. */
  void append(int flags, int partStream, int partSsn, byte[] source, int from, int size) {
    boolean partUnordered = (flags & ChunkType.FLAG_UNORDERED) != 0;
    if ((flags & ChunkType.FLAG_BEGIN) != 0 || partStream != stream || partUnordered != unordered
      || !unordered && partSsn != ssn) {
      throw new Violation("a message on stream " + stream + " was interrupted by another on stream " + partStream);
    }
    ends = (flags & ChunkType.FLAG_END) != 0;
    if (!discarded) {
      add(source, from, size);
    }
  }

  /** Adds the parts that follow. Fails with a {@link Violation} when they are not of this message. */
  void join(Partial following) {
    int flags = (following.begins ? ChunkType.FLAG_BEGIN : 0) | (following.ends ? ChunkType.FLAG_END : 0)
      | (following.unordered ? ChunkType.FLAG_UNORDERED : 0);
    append(flags, following.stream, following.ssn, following.data, 0, following.length);
  }

  private void add(byte[] source, int from, int size) {
    if (data.length - length < size) {
      data = Arrays.copyOf(data, Math.max(length + size, 2 * data.length));
    }
    System.arraycopy(source, from, data, length, size);
    length += size;
  }

  /** The message; without a copy when the array happens to be full. */
  byte[] toMessage() {
    return data.length == length ? data : Arrays.copyOf(data, length);
  }
}
