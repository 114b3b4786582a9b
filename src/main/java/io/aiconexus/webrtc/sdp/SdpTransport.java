package io.aiconexus.webrtc.sdp;

import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.CandidateException;
import io.aiconexus.webrtc.ice.IceCredentials;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what the data section says about its transport, wherever it says it: in the section, for the whole session, or,
 * when the section is only to be bundled, in the one that stands for the bundle (RFC 9143 section 7.1.3).
 */
final class SdpTransport {
  private static final int MAX_CANDIDATES = 256;
  private static final int MAX_FINGERPRINTS = 16;
  /** 2^53 - 1: what a browser can show as a number. */
  private static final long MAX_MESSAGE_SIZE = (1L << 53) - 1;

  private static final String MAP = "sctpmap";
  private static final String END = "end-of-candidates";

  private final SdpBlock session;
  private final SdpBlock own;
  private final List<SdpBlock> places;
  private final SdpBlock candidates;

  SdpTransport(SdpBlock session, SdpBlock own, SdpBlock tagged) {
    this.session = session;
    this.own = own;
    this.places = List.of(own, session, tagged);
    this.candidates = own.has("ice-ufrag") || own.has("candidate") ? own : tagged;
  }

  DataSection section() {
    return new DataSection(own.mid(), own.protocol(), credentials(), fingerprints(), setup(), sctpPort(),
      maxMessageSize(), candidates(), candidates.has(END) || session.has(END));
  }

  boolean trickles() {
    return places.stream().flatMap(block -> block.all("ice-options").stream())
      .anyMatch(line -> Arrays.asList(line.after("ice-options").split(" ")).contains("trickle"));
  }

  private IceCredentials credentials() {
    SdpLine ufrag = required("ice-ufrag");
    SdpLine password = required("ice-pwd");
    try {
      return new IceCredentials(ufrag.after("ice-ufrag"), password.after("ice-pwd"));
    } catch (IllegalArgumentException broken) {
      boolean isUfrag = IceCredentials.isUfrag(ufrag.after("ice-ufrag"));
      throw new SdpException((isUfrag ? password : ufrag).number(), broken.getMessage());
    }
  }

  private List<Fingerprint> fingerprints() {
    List<SdpLine> lines = places.stream().map(block -> block.all("fingerprint")).filter(found -> !found.isEmpty())
      .findFirst().orElseThrow(() -> new SdpException(own.number(), "the section needs a fingerprint"));
    if (lines.size() > MAX_FINGERPRINTS) {
      throw new SdpException(lines.get(MAX_FINGERPRINTS).number(), "there are at most 16 fingerprints");
    }
    List<Fingerprint> found = new ArrayList<>();
    for (SdpLine line : lines) {
      try {
        found.add(Fingerprint.parse(line.after("fingerprint")));
      } catch (IllegalArgumentException broken) {
        throw new SdpException(line.number(), broken.getMessage());
      }
    }
    if (found.stream().noneMatch(each -> each.algorithm().equals(Fingerprint.SHA_256))) {
      throw new SdpException(lines.get(0).number(), "one fingerprint must be sha-256");
    }
    return found;
  }

  private Setup setup() {
    SdpLine line = required("setup");
    return Setup.of(line.after("setup"))
      .orElseThrow(() -> new SdpException(line.number(), "setup must be actpass, active or passive"));
  }

  /** Whether a section with the protocol of the drafts says that it is about data channels. */
  static boolean isDraftData(SdpBlock block) {
    return block.all(MAP).stream()
      .anyMatch(line -> line.after(MAP).startsWith(block.formats() + " webrtc-datachannel"));
  }

  private int sctpPort() {
    if (own.protocol().equals(DataSection.DTLS_SCTP)) {
      return (int) new SdpLine(own.number(), 'a', "port:" + own.formats()).number("port", 1, 65_535);
    }
    SdpLine line = own.single("sctp-port");
    return line == null ? DataSection.DEFAULT_SCTP_PORT : (int) line.number("sctp-port", 1, 65_535);
  }

  private long maxMessageSize() {
    SdpLine line = own.single("max-message-size");
    return line == null ? DataSection.DEFAULT_MAX_MESSAGE_SIZE : line.number("max-message-size", 0, MAX_MESSAGE_SIZE);
  }

  private List<Candidate> candidates() {
    List<SdpLine> lines = candidates.all("candidate");
    if (lines.size() > MAX_CANDIDATES) {
      throw new SdpException(lines.get(MAX_CANDIDATES).number(), "a section has at most 256 candidates");
    }
    List<Candidate> found = new ArrayList<>();
    for (SdpLine line : lines) {
      try {
        found.add(Candidate.parse(line.value()));
      } catch (CandidateException broken) {
        if (!broken.ignorable()) {
          throw new SdpException(line.number(), broken.getMessage());
        }
      }
    }
    return found;
  }

  private SdpLine required(String name) {
    for (SdpBlock block : places) {
      SdpLine line = block.single(name);
      if (line != null) {
        return line;
      }
    }
    throw new SdpException(own.number(), "the section needs " + name);
  }
}
