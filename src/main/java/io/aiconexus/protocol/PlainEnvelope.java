package io.aiconexus.protocol;

import static io.aiconexus.protocol.PlainJson.NOT_PLAIN;

/**
 * Reads the envelope of a message in the plain form of {@link PlainJson}. One reader serves one message.
 * <p>
 * Its own strings end at the next quote, whatever is between: none of the characters that would make that wrong is
 * allowed in a field whose rule {@link EnvelopeFields} knows.
 */
final class PlainEnvelope {

  private static final int ID = 0;
  private static final int TYPE = 1;
  private static final int FROM = 2;
  private static final int TO = 3;
  private static final int TIMESTAMP = 4;
  private static final int VERSION = 5;
  private static final int CORRELATION_ID = 6;
  private static final int SIGNATURE = 7;
  private static final int PAYLOAD = 8;
  private static final int FIELDS = 9;

  private final String text;
  private final PlainJson json;
  /** What each field holds; of the signature and the payload only that they are there. */
  private final String[] found = new String[FIELDS];

  private PlainEnvelope(String text) {
    this.text = text;
    this.json = new PlainJson(text);
  }

  /** The envelope of {@code text}, or null when it is not plain or breaks a rule. */
  static Envelope read(String text) {
    PlainEnvelope envelope = new PlainEnvelope(text);
    if (!envelope.isPlain()) {
      return null;
    }
    try {
      return envelope.fields().envelope(text);
    } catch (ProtocolException leftToTheCompleteParser) {
      return null;
    }
  }

  private boolean isPlain() {
    int at = json.skipSpace(0);
    if (json.at(at) != '{') {
      return false;
    }
    do {
      at = field(json.skipSpace(at + 1));
      if (at == NOT_PLAIN) {
        return false;
      }
      at = json.skipSpace(at);
    } while (json.at(at) == ',');
    return json.at(at) == '}' && json.skipSpace(at + 1) == text.length();
  }

  private int field(int start) {
    int quote = json.at(start) == '"' ? json.string(start + 1) : NOT_PLAIN;
    int name = quote == NOT_PLAIN ? NOT_PLAIN : name(start + 1, quote - start - 1);
    int value = name == NOT_PLAIN || found[name] != null ? NOT_PLAIN : json.colon(quote);
    if (value == NOT_PLAIN) {
      return NOT_PLAIN;
    }
    if (name == PAYLOAD) {
      found[PAYLOAD] = "";
      return json.at(value) == '{' ? json.value(value) : NOT_PLAIN;
    }
    int end = json.at(value) == '"' ? end(name, value + 1) : NOT_PLAIN;
    if (end == NOT_PLAIN) {
      return NOT_PLAIN;
    }
    found[name] = name == SIGNATURE ? "" : text.substring(value + 1, end);
    return end + 1;
  }

  private int end(int name, int start) {
    return name == SIGNATURE ? json.string(start) : text.indexOf('"', start);
  }

  /** Which field's name is there. */
  private int name(int start, int length) {
    return switch (length) {
      case 2 -> is("id", start) ? ID : is("to", start) ? TO : NOT_PLAIN;
      case 4 -> is("type", start) ? TYPE : is("from", start) ? FROM : NOT_PLAIN;
      case 7 -> is("payload", start) ? PAYLOAD : is("version", start) ? VERSION : NOT_PLAIN;
      case 9 -> is("signature", start) ? SIGNATURE : is("timestamp", start) ? TIMESTAMP : NOT_PLAIN;
      case 14 -> is("correlation_id", start) ? CORRELATION_ID : NOT_PLAIN;
      default -> NOT_PLAIN;
    };
  }

  private boolean is(String name, int start) {
    return text.startsWith(name, start);
  }

  private EnvelopeFields fields() {
    EnvelopeFields fields = new EnvelopeFields();
    if (found[ID] != null) {
      fields.id(found[ID]);
    }
    fields.type = found[TYPE];
    fields.from = found[FROM];
    fields.to = found[TO];
    fields.timestamp = found[TIMESTAMP];
    fields.version = found[VERSION];
    fields.correlationId(found[CORRELATION_ID]);
    fields.signed = found[SIGNATURE] != null;
    fields.payload = found[PAYLOAD] != null;
    return fields;
  }
}
