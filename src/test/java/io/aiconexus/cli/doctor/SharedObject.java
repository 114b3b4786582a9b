package io.aiconexus.cli.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A 64-bit little-endian ELF file, as far as it says which libraries it needs (System V ABI, chapter 5). */
final class SharedObject {

  private static final int PROGRAM_HEADERS = 0x20;
  private static final int PROGRAM_HEADER_COUNT = 0x38;
  private static final int PROGRAM_HEADER_SIZE = 56;
  private static final int PT_LOAD = 1;
  private static final int PT_DYNAMIC = 2;
  private static final long DT_NULL = 0;
  private static final long DT_NEEDED = 1;
  private static final long DT_STRTAB = 5;

  private final ByteBuffer file;

  private SharedObject(ByteBuffer file) {
    this.file = file;
  }

  static SharedObject read(String resource) throws IOException {
    try (var in = SharedObject.class.getResourceAsStream(resource)) {
      return new SharedObject(ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN));
    }
  }

  /** The names of the libraries without which it does not load. */
  List<String> needed() {
    List<Long> names = new ArrayList<>();
    long strings = 0;
    for (int at = (int) dynamic(); file.getLong(at) != DT_NULL; at += 16) {
      if (file.getLong(at) == DT_NEEDED) {
        names.add(file.getLong(at + 8));
      } else if (file.getLong(at) == DT_STRTAB) {
        strings = offsetOf(file.getLong(at + 8));
      }
    }
    long table = strings;
    return names.stream().map(name -> textAt((int) (table + name))).toList();
  }

  private long dynamic() {
    for (int i = 0; i < file.getShort(PROGRAM_HEADER_COUNT); i++) {
      if (file.getInt(header(i)) == PT_DYNAMIC) {
        return file.getLong(header(i) + 8);
      }
    }
    throw new AssertionError("not dynamically linked");
  }

  private long offsetOf(long address) {
    for (int i = 0; i < file.getShort(PROGRAM_HEADER_COUNT); i++) {
      long start = file.getLong(header(i) + 16);
      boolean within = address >= start && address < start + file.getLong(header(i) + 32);
      if (file.getInt(header(i)) == PT_LOAD && within) {
        return address - start + file.getLong(header(i) + 8);
      }
    }
    throw new AssertionError("no segment holds " + address);
  }

  private int header(int index) {
    return (int) file.getLong(PROGRAM_HEADERS) + index * PROGRAM_HEADER_SIZE;
  }

  private String textAt(int start) {
    int end = start;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), start, end - start, StandardCharsets.US_ASCII);
  }
}
