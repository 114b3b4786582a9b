package io.aiconexus.protocol;

/**
 * Walks over JSON in the plain form that nearly every message has, nearly three times as fast as a complete parser
 * does.
 * <p>
 * It never says that something is wrong, only that it is not plain: an escape in a name or in the envelope, a number
 * that is not a short integer, an object of many members, anything that is no JSON. {@link EnvelopeReader} then reads
 * the message with the complete parser, which knows all of JSON and explains what is wrong with it.
 */
final class PlainJson {

  /** What {@link #string} and {@link #value} give for something that is not plain. */
  static final int NOT_PLAIN = -1;

  /** Member names of objects that are open at once; more are not plain. */
  private static final int NAMES = 24;
  private static final int NAME_LENGTH = 64;
  /** Nesting inside the payload; deeper is not plain. */
  private static final int DEPTH = 6;
  /** Digits of an integer that is certainly below 2^53. */
  private static final int DIGITS = 15;

  private final String text;
  /** Where the names of the open objects begin and end, the outermost object's first. */
  private final int[] names = new int[NAMES * 2];
  private int namesEnd;

  PlainJson(String text) {
    this.text = text;
  }

  /** The character at {@code at}, or 0 after the end. */
  char at(int at) {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /** The first place from {@code at} on that is no white space. */
  int skipSpace(int at) {
    int next = at;
    while (at(next) == ' ' || at(next) == '\n' || at(next) == '\r' || at(next) == '\t') {
      next++;
    }
    return next;
  }

  /** From the first character inside a string to its closing quote; a string with an escape is not plain. */
  int string(int start) {
    int length = text.length();
    for (int at = start; at < length; at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at;
      }
      if (c < ' ' || c == '\\') {
        return NOT_PLAIN;
      }
    }
    return NOT_PLAIN;
  }

  /** The place after the member name's colon, white space included, whose closing quote is at {@code quote}. */
  int colon(int quote) {
    int at = skipSpace(quote + 1);
    return at(at) == ':' ? skipSpace(at + 1) : NOT_PLAIN;
  }

  /** From the first character of a value to the place after it. */
  int value(int start) {
    return value(start, 0);
  }

  private int value(int start, int depth) {
    return switch (at(start)) {
      case '"' -> text(start + 1);
      case '{' -> depth == DEPTH ? NOT_PLAIN : object(start, depth);
      case '[' -> depth == DEPTH ? NOT_PLAIN : array(start, depth);
      case 't' -> literal("true", start);
      case 'f' -> literal("false", start);
      case 'n' -> literal("null", start);
      default -> integer(start);
    };
  }

  /** A string whose escapes matter to nobody here, to the place after its quote. */
  private int text(int start) {
    int length = text.length();
    for (int at = start; at < length; at++) {
      char c = text.charAt(at);
      if (c == '"') {
        return at + 1;
      }
      if (c < ' ' || c == '\\' && "\"\\/bfnrt".indexOf(at(++at)) < 0) {
        return NOT_PLAIN;
      }
    }
    return NOT_PLAIN;
  }

  private int literal(String word, int start) {
    return text.startsWith(word, start) ? start + word.length() : NOT_PLAIN;
  }

  private int integer(int start) {
    int first = at(start) == '-' ? start + 1 : start;
    int at = first;
    while (at(at) >= '0' && at(at) <= '9') {
      at++;
    }
    boolean plain = at > first && at - first <= DIGITS && (at(first) != '0' || at == first + 1);
    return plain && endsNumber(at(at)) ? at : NOT_PLAIN;
  }

  private static boolean endsNumber(char c) {
    return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t';
  }

  private int array(int start, int depth) {
    int at = skipSpace(start + 1);
    if (at(at) == ']') {
      return at + 1;
    }
    while (true) {
      at = value(at, depth + 1);
      if (at == NOT_PLAIN) {
        return NOT_PLAIN;
      }
      at = skipSpace(at);
      if (at(at) == ']') {
        return at + 1;
      }
      if (at(at) != ',') {
        return NOT_PLAIN;
      }
      at = skipSpace(at + 1);
    }
  }

  private int object(int start, int depth) {
    int ownNames = namesEnd;
    int end = members(skipSpace(start + 1), depth, ownNames);
    namesEnd = ownNames;
    return end;
  }

  private int members(int first, int depth, int ownNames) {
    int at = first;
    if (at(at) == '}') {
      return at + 1;
    }
    while (true) {
      at = member(at, depth, ownNames);
      if (at == NOT_PLAIN) {
        return NOT_PLAIN;
      }
      at = skipSpace(at);
      if (at(at) == '}') {
        return at + 1;
      }
      if (at(at) != ',') {
        return NOT_PLAIN;
      }
      at = skipSpace(at + 1);
    }
  }

  private int member(int start, int depth, int ownNames) {
    int quote = at(start) == '"' ? string(start + 1) : NOT_PLAIN;
    if (quote == NOT_PLAIN || !isNew(start + 1, quote, ownNames)) {
      return NOT_PLAIN;
    }
    int value = colon(quote);
    return value == NOT_PLAIN ? NOT_PLAIN : value(value, depth + 1);
  }

  /** Notes a name of the innermost object; false when it has that name already, or cannot note it. */
  private boolean isNew(int start, int end, int ownNames) {
    for (int i = ownNames; i < namesEnd; i += 2) {
      if (names[i + 1] - names[i] == end - start && text.regionMatches(names[i], text, start, end - start)) {
        return false;
      }
    }
    if (namesEnd == names.length || end - start > NAME_LENGTH) {
      return false;
    }
    names[namesEnd++] = start;
    names[namesEnd++] = end;
    return true;
  }
}
