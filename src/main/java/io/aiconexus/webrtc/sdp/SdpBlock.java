package io.aiconexus.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The session part of a description, or one {@code m=} section: lines that belong together. */
final class SdpBlock {
  private static final Pattern MEDIA =
    Pattern.compile("([A-Za-z0-9-]{1,32}) ([0-9]{1,5})(?:/[0-9]{1,5})? ([A-Za-z0-9/]{1,64}) ([!-~][ -~]*)");
  private static final Pattern MID = Pattern.compile("[!#$%&'*+.^_`{|}~A-Za-z0-9-]{1,64}");
  private static final String OF_SECTIONS = "icbka";

  private final SdpLine first;
  private final List<SdpLine> lines = new ArrayList<>();
  private Matcher media;

  private SdpBlock(SdpLine first) {
    this.first = first;
  }

  /** The part before the first {@code m=} line. */
  static SdpBlock session() {
    return new SdpBlock(null);
  }

  /** A section that begins with this {@code m=} line. */
  static SdpBlock section(SdpLine line) {
    SdpBlock block = new SdpBlock(line);
    block.media = MEDIA.matcher(line.value());
    if (!block.media.matches() || block.port() > 65_535) {
      throw new SdpException(line.number(), "an m= line is media, port from 0 to 65535, protocol and formats");
    }
    return block;
  }

  void add(SdpLine line) {
    if (first != null && OF_SECTIONS.indexOf(line.type()) < 0) {
      throw new SdpException(line.number(), "a section has only the letters " + OF_SECTIONS);
    }
    lines.add(line);
  }

  String media() {
    return media.group(1);
  }

  String protocol() {
    return media.group(3);
  }

  String formats() {
    return media.group(4);
  }

  int number() {
    return first == null ? 0 : first.number();
  }

  /** Port 0 means rejected; with bundle-only it means "in the bundle or not at all" (RFC 9143 section 6). */
  boolean isRejected() {
    return port() == 0 && !has("bundle-only");
  }

  private int port() {
    return Integer.parseInt(media.group(2));
  }

  /** Its name, or null. */
  String mid() {
    SdpLine line = single("mid");
    if (line == null) {
      return null;
    }
    if (!MID.matcher(line.after("mid")).matches()) {
      throw new SdpException(line.number(), "mid must be 1 to 64 characters of a token");
    }
    return line.after("mid");
  }

  boolean has(String name) {
    return lines.stream().anyMatch(line -> line.isAttribute(name));
  }

  /** The attribute of this name, or null; there must not be two. */
  SdpLine single(String name) {
    List<SdpLine> found = all(name);
    if (found.size() > 1) {
      throw new SdpException(found.get(1).number(), name + " must not occur twice in one part");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  List<SdpLine> all(String name) {
    return lines.stream().filter(line -> line.isAttribute(name)).toList();
  }
}
