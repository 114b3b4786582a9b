package io.aiconexus.protocol;

import static io.aiconexus.protocol.ProtocolException.malformed;

import io.aiconexus.identity.Did;

/** The fields of one envelope as its reader found them, and the rules that they must keep. */
final class EnvelopeFields {

  private String id;
  private String correlationId;
  String timestamp;
  String from;
  String to;
  String type;
  String version;
  boolean payload;
  boolean signed;

  /** The message's id if it keeps its rule; null before {@link #id(String)}. */
  String id() {
    return id;
  }

  void id(String value) {
    id = checked("id", value);
  }

  /** Null says that the message answers none. */
  void correlationId(String value) {
    correlationId = value == null ? null : checked("correlation_id", value);
  }

  /**
   * The envelope that these fields make.
   *
   * @throws ProtocolException when one is missing or breaks its rule
   */
  Envelope envelope(String text) {
    require("id", id);
    require("timestamp", timestamp);
    require("from", from);
    require("to", to);
    require("type", type);
    require("version", version);
    if (!payload) {
      throw malformed("payload is missing");
    }
    checkVersion();
    MessageType known = MessageType.named(type);
    if (known == null) {
      throw malformed("type is unknown: \"" + shown(type) + "\"");
    }
    Did recipient = to.isEmpty() && known.mayGoToTheUnnamed() ? null : did("to", to);
    return new Envelope(id, correlationId, Timestamps.read(timestamp), did("from", from), recipient, known, signed,
      text);
  }

  private static String checked(String name, String value) {
    if (!Fields.isId(value)) {
      throw malformed(name + " must be 1 to " + Limits.ID_LENGTH + " characters of A-Za-z0-9._:-");
    }
    return value;
  }

  private void checkVersion() {
    if (version.equals(Messages.VERSION)) {
      return;
    }
    if (!version.matches("[0-9]{1,4}\\.[0-9]{1,4}")) {
      throw malformed("version must be \"1.0\"");
    }
    if (!version.startsWith("1.")) {
      throw new ProtocolException(ErrorCode.UNSUPPORTED_VERSION, null, "this side speaks version 1, not " + version);
    }
  }

  private static Did did(String name, String value) {
    try {
      return Did.parse(value);
    } catch (IllegalArgumentException e) {
      throw malformed(name + " is " + e.getMessage());
    }
  }

  private static void require(String name, String value) {
    if (value == null) {
      throw malformed(name + " is missing");
    }
  }

  private static String shown(String text) {
    String cut = text.length() <= Limits.ID_LENGTH ? text : text.substring(0, Limits.ID_LENGTH) + "...";
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
