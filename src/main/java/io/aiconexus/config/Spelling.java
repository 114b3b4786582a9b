package io.aiconexus.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what someone may have meant. */
final class Spelling {

  private static final int LONGEST = 200;

  private Spelling() {
  }

  /** The name that is fewest edits away from {@code given}, as long as they are at most a third of its length. */
  static Optional<String> closest(String given, Collection<String> names) {
    if (given.length() > LONGEST) {
      return Optional.empty();
    }
    return names.stream()
      .min(Comparator.comparingInt(name -> distance(given, name)))
      .filter(name -> distance(given, name) <= given.length() / 3);
  }

  /** Insertions, deletions and replacements between two texts (Levenshtein). */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
