package io.aiconexus.webrtc.dcep;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Makes whole messages of what comes on one channel, also when an old peer cuts them into {@link Ppid#BINARY_PARTIAL}
 * and
 * {@link Ppid#STRING_PARTIAL} (deprecated by RFC 8831 section 6.6; only possible on ordered channels).
 */
public final class MessageJoiner {

  private static final byte[] NOTHING = new byte[0];

  private final int maxMessageSize;
  private ByteArrayOutputStream parts;
  private boolean partsAreText;

  /** Takes the longest message in bytes that may come of it. */
  public MessageJoiner(int maxMessageSize) {
    this.maxMessageSize = maxMessageSize;
  }

  /** Takes what came; returns the message that it is or completes. Fails when parts do not fit together. */
  public Optional<byte[]> add(Ppid ppid, byte[] data) throws DcepException {
    if (ppid == Ppid.CONTROL) {
      throw new DcepException("a control message is not for the application");
    }
    byte[] content = ppid.isEmpty() ? NOTHING : data;
    if (parts == null && !ppid.isPartial()) {
      return Optional.of(content);
    }
    return join(ppid, content);
  }

  private Optional<byte[]> join(Ppid ppid, byte[] content) throws DcepException {
    if (parts == null) {
      parts = new ByteArrayOutputStream();
      partsAreText = ppid.isText();
    }
    if (partsAreText != ppid.isText()) {
      throw new DcepException("parts of a text and of a binary message are mixed");
    }
    if (parts.size() + content.length > maxMessageSize) {
      throw new DcepException("a message is longer than " + maxMessageSize + " bytes");
    }
    parts.writeBytes(content);
    if (ppid.isPartial()) {
      return Optional.empty();
    }
    byte[] whole = parts.toByteArray();
    parts = null;
    return Optional.of(whole);
  }
}
