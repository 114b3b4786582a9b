package io.aiconexus.webrtc.sdp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a description: first its shape, then what each part says. */
final class SdpParser {
  private static final String HEADER = "vos";
  private static final Pattern ORIGIN = Pattern.compile("\\S{1,64} ([0-9]{1,20}) ([0-9]{1,20}) IN IP[46] \\S{1,255}");
  private static final String GROUP = "BUNDLE";
  /** More sections than any conference has. */
  private static final int MAX_SECTIONS = 256;

  private final List<SdpLine> lines;
  private final SdpBlock session = SdpBlock.session();
  private final List<SdpBlock> blocks = new ArrayList<>();
  private final Map<String, SdpBlock> named = new HashMap<>();

  SdpParser(String text) {
    lines = SdpLine.of(text);
  }

  SessionDescription parse() {
    checkHeader();
    group();
    Matcher origin = ORIGIN.matcher(lines.get(1).value());
    if (!origin.matches()) {
      throw new SdpException(2, "o= must be a name, two numbers, and an address");
    }
    checkNames();
    SdpBlock ours = ours();
    List<String> bundle = bundle(ours.mid());
    SdpTransport transport = new SdpTransport(session, ours, tagged(bundle, ours));
    List<Section> sections = new ArrayList<>();
    for (SdpBlock block : blocks) {
      sections.add(block == ours ? transport.section() : other(block));
    }
    return new SessionDescription(number(origin.group(1)), number(origin.group(2)), session.has("ice-lite"),
      transport.trickles(), bundle, sections);
  }

  private void checkHeader() {
    for (int i = 0; i < HEADER.length(); i++) {
      if (lines.size() <= i || lines.get(i).type() != HEADER.charAt(i)) {
        throw new SdpException(i + 1, "a description begins with the lines v=, o= and s=");
      }
    }
    if (!lines.get(0).value().equals("0")) {
      throw new SdpException(1, "the version must be 0");
    }
  }

  private void group() {
    SdpBlock block = session;
    for (SdpLine line : lines) {
      if (line.type() != 'm') {
        block.add(line);
        continue;
      }
      if (blocks.size() == MAX_SECTIONS) {
        throw new SdpException(line.number(), "a description has at most 256 sections");
      }
      block = SdpBlock.section(line);
      blocks.add(block);
    }
  }

  private void checkNames() {
    for (SdpBlock block : blocks) {
      String mid = block.mid();
      if (mid != null && named.putIfAbsent(mid, block) != null) {
        throw new SdpException(block.number(), "two sections must not have the same mid");
      }
    }
  }

  private SdpBlock ours() {
    SdpBlock rejected = null;
    for (SdpBlock block : blocks) {
      if (isData(block) && !block.isRejected()) {
        return block;
      }
      rejected = isData(block) ? block : rejected;
    }
    throw rejected == null
      ? new SdpException(0, "there is no section \"m=application ... UDP/DTLS/SCTP webrtc-datachannel\"")
      : new SdpException(rejected.number(), "the data channel section is rejected (port 0)");
  }

  private static boolean isData(SdpBlock block) {
    if (block.protocol().equals(DataSection.DTLS_SCTP)) {
      return block.media().equals("application") && SdpTransport.isDraftData(block);
    }
    boolean protocol = block.protocol().equals(DataSection.UDP_DTLS_SCTP)
      || block.protocol().equals(DataSection.TCP_DTLS_SCTP);
    return protocol && block.media().equals("application") && block.formats().equals("webrtc-datachannel");
  }

  private static OtherSection other(SdpBlock block) {
    return new OtherSection(block.media(), block.protocol(), block.formats(), block.mid(), block.isRejected());
  }

  /** The names in the BUNDLE group that our section is in; all of them must exist (RFC 9143 section 5). */
  private List<String> bundle(String ours) {
    for (SdpLine line : session.all("group")) {
      List<String> words = List.of(line.after("group").trim().split(" +"));
      if (!words.get(0).equals(GROUP)) {
        continue;
      }
      List<String> names = words.subList(1, words.size());
      for (String name : names) {
        if (!named.containsKey(name)) {
          throw new SdpException(line.number(), "BUNDLE names a section that does not exist");
        }
      }
      if (ours != null && names.contains(ours)) {
        return names;
      }
    }
    return List.of();
  }

  /** The section whose transport the bundle uses: its first one; without a bundle our own. */
  private SdpBlock tagged(List<String> bundle, SdpBlock ours) {
    return bundle.isEmpty() ? ours : named.get(bundle.get(0));
  }

  private static long number(String digits) {
    try {
      return Long.parseUnsignedLong(digits) & Long.MAX_VALUE;
    } catch (NumberFormatException tooLong) {
      throw new SdpException(2, "the numbers in o= must have at most 64 bits");
    }
  }
}
