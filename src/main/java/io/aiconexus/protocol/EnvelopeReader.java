package io.aiconexus.protocol;

import static io.aiconexus.protocol.ProtocolException.malformed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.aiconexus.identity.Did;
import java.io.IOException;
import java.util.Set;

/**
 * Reads an envelope in one pass over the text; the payload is checked (JSON, no duplicate keys, depth, numbers) and
 * skipped. One reader serves one message.
 */
final class EnvelopeReader {

  private static final JsonFactory JSON = JsonFactory.builder()
    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(Limits.DEPTH).maxNumberLength(40).build())
    .build();
  /** Fields of a payload in which applications may use any JSON number. */
  private static final Set<String> FREE_NUMBERS = Set.of("args", "params", "result");

  private final JsonParser parser;
  private String id;
  private String correlationId;
  private String timestamp;
  private String from;
  private String to;
  private String type;
  private String version;
  private boolean payload;
  private boolean signed;

  private EnvelopeReader(JsonParser parser) {
    this.parser = parser;
  }

  static Envelope read(String text) {
    EnvelopeReader reader = null;
    try (JsonParser parser = JSON.createParser(text)) {
      reader = new EnvelopeReader(parser);
      reader.readFields();
      return reader.envelope(text);
    } catch (ProtocolException e) {
      throw new ProtocolException(e.code(), knownId(reader), e.getMessage());
    } catch (StreamConstraintsException e) {
      throw new ProtocolException(ErrorCode.MALFORMED_MESSAGE, knownId(reader),
        "nested deeper than " + Limits.DEPTH + " levels, or a number or name is too long");
    } catch (JsonParseException e) {
      throw new ProtocolException(ErrorCode.MALFORMED_MESSAGE, knownId(reader), describe(e));
    } catch (IOException e) {
      throw new IllegalStateException("reading from a string cannot fail", e);
    }
  }

  private void readFields() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("a message must be one JSON object");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      readField(parser.currentName());
    }
    if (parser.nextToken() != null) {
      throw malformed("nothing may follow the JSON object");
    }
  }

  private void readField(String name) throws IOException {
    JsonToken value = parser.nextToken();
    switch (name) {
      case "id" -> id = checkId(name, string(name, value));
      case "correlation_id" -> correlationId =
        value == JsonToken.VALUE_NULL ? null : checkId(name, string(name, value));
      case "timestamp" -> timestamp = string(name, value);
      case "from" -> from = string(name, value);
      case "to" -> to = string(name, value);
      case "type" -> type = string(name, value);
      case "version" -> version = string(name, value);
      case "signature" -> {
        requireString(name, value);
        signed = true;
      }
      case "payload" -> readPayload(value);
      default -> skip(value, false);
    }
  }

  private void readPayload(JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      throw malformed("payload must be an object");
    }
    payload = true;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      boolean anyNumber = FREE_NUMBERS.contains(parser.currentName());
      skip(parser.nextToken(), anyNumber);
    }
  }

  private void skip(JsonToken first, boolean anyNumber) throws IOException {
    int depth = 0;
    JsonToken token = first;
    while (true) {
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token.isNumeric()) {
        checkNumber(token, anyNumber);
      }
      if (depth == 0) {
        return;
      }
      token = parser.nextToken();
    }
  }

  private void checkNumber(JsonToken token, boolean anyNumber) throws IOException {
    if (anyNumber) {
      if (!Double.isFinite(parser.getDoubleValue())) {
        throw malformed("a number is beyond the range of a double");
      }
      return;
    }
    boolean integer = token == JsonToken.VALUE_NUMBER_INT
      && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    long number = integer ? parser.getLongValue() : 0;
    if (!integer || number > Limits.INTEGER_MAX || number < -Limits.INTEGER_MAX) {
      throw malformed("numbers outside args, params and result must be integers of magnitude up to 2^53-1");
    }
  }

  private Envelope envelope(String text) {
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

  private String string(String name, JsonToken value) throws IOException {
    requireString(name, value);
    return parser.getText();
  }

  private static void requireString(String name, JsonToken value) {
    if (value != JsonToken.VALUE_STRING) {
      throw malformed(name + " must be a string");
    }
  }

  private static String checkId(String name, String value) {
    if (!Fields.isId(value)) {
      throw malformed(name + " must be 1 to " + Limits.ID_LENGTH + " characters of A-Za-z0-9._:-");
    }
    return value;
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

  private static String knownId(EnvelopeReader reader) {
    return reader == null ? null : reader.id;
  }

  private static String describe(JsonParseException e) {
    String what = e.getOriginalMessage();
    String kind = what.startsWith("Duplicate field") ? "duplicate field" : "not JSON";
    return kind + " at character " + e.getLocation().getCharOffset();
  }

  private static String shown(String text) {
    String cut = text.length() <= Limits.ID_LENGTH ? text : text.substring(0, Limits.ID_LENGTH) + "...";
    return cut.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
