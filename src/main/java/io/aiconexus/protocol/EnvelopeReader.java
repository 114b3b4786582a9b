package io.aiconexus.protocol;

import static io.aiconexus.protocol.ProtocolException.malformed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Set;

/**
 * Reads an envelope with a complete JSON parser in one pass over the text; the payload is checked (JSON, no duplicate
 * keys, depth, numbers) and skipped. One reader serves one message.
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
  private final EnvelopeFields fields;

  private EnvelopeReader(JsonParser parser, EnvelopeFields fields) {
    this.parser = parser;
    this.fields = fields;
  }

  /** Reads the fields of {@code text}; those read so far are there when it throws. */
  static void read(String text, EnvelopeFields fields) {
    try (JsonParser parser = JSON.createParser(text)) {
      new EnvelopeReader(parser, fields).readFields();
    } catch (StreamConstraintsException e) {
      throw malformed("nested deeper than " + Limits.DEPTH + " levels, or a number or name is too long");
    } catch (JsonParseException e) {
      throw malformed(describe(e));
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
      case "id" -> fields.id(string(name, value));
      case "correlation_id" -> fields.correlationId(value == JsonToken.VALUE_NULL ? null : string(name, value));
      case "timestamp" -> fields.timestamp = string(name, value);
      case "from" -> fields.from = string(name, value);
      case "to" -> fields.to = string(name, value);
      case "type" -> fields.type = string(name, value);
      case "version" -> fields.version = string(name, value);
      case "signature" -> {
        requireString(name, value);
        fields.signed = true;
      }
      case "payload" -> readPayload(value);
      default -> skip(value, false);
    }
  }

  private void readPayload(JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      throw malformed("payload must be an object");
    }
    fields.payload = true;
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

  private String string(String name, JsonToken value) throws IOException {
    requireString(name, value);
    return parser.getText();
  }

  private static void requireString(String name, JsonToken value) {
    if (value != JsonToken.VALUE_STRING) {
      throw malformed(name + " must be a string");
    }
  }

  private static String describe(JsonParseException e) {
    String what = e.getOriginalMessage();
    String kind = what.startsWith("Duplicate field") ? "duplicate field" : "not JSON";
    return kind + " at character " + e.getLocation().getCharOffset();
  }
}
