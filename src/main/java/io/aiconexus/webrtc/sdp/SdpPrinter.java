package io.aiconexus.webrtc.sdp;

import io.aiconexus.webrtc.ice.Candidate;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Writes a description line by line, in the order of RFC 8829 section 5.2.1. */
final class SdpPrinter {
  private static final String DATA_CHANNEL = "webrtc-datachannel";
  /** What the drafts let a description say about streams, and the association negotiates anyway. */
  private static final int STREAMS = 1_024;

  private final StringBuilder out = new StringBuilder(1_024);

  String print(SessionDescription description) {
    line("v=0");
    line("o=- " + description.id() + " " + description.version() + " IN IP4 0.0.0.0");
    line("s=-");
    line("t=0 0");
    if (!description.bundle().isEmpty()) {
      line("a=group:BUNDLE " + String.join(" ", description.bundle()));
    }
    if (description.iceLite()) {
      line("a=ice-lite");
    }
    for (Section section : description.sections()) {
      if (section instanceof DataSection data) {
        print(data, description.trickle());
      } else {
        print((OtherSection) section);
      }
    }
    return out.toString();
  }

  private void print(OtherSection section) {
    line("m=" + section.media() + (section.rejected() ? " 0 " : " 9 ") + section.protocol() + " " + section.formats());
    line("c=IN IP4 0.0.0.0");
    mid(section);
    if (section.media().equals("audio") || section.media().equals("video")) {
      line("a=inactive");
    }
  }

  private void print(DataSection data, boolean trickle) {
    InetSocketAddress shown = defaultAddress(data);
    boolean draft = data.protocol().equals(DataSection.DTLS_SCTP);
    String format = draft ? "" + data.sctpPort() : DATA_CHANNEL;
    line("m=application " + (shown == null ? 9 : shown.getPort()) + " " + data.protocol() + " " + format);
    line("c=IN " + connection(shown));
    mid(data);
    for (Candidate candidate : data.candidates()) {
      line("a=" + candidate.line());
    }
    if (data.endOfCandidates()) {
      line("a=end-of-candidates");
    }
    line("a=ice-ufrag:" + data.credentials().ufrag());
    line("a=ice-pwd:" + data.credentials().password());
    if (trickle) {
      line("a=ice-options:trickle");
    }
    data.fingerprints().forEach(fingerprint -> line("a=fingerprint:" + fingerprint));
    line("a=setup:" + data.setup().token());
    line(draft ? "a=sctpmap:" + format + " " + DATA_CHANNEL + " " + STREAMS : "a=sctp-port:" + data.sctpPort());
    line("a=max-message-size:" + data.maxMessageSize());
  }

  /** The first UDP candidate with an address (RFC 8839 section 4.2.1.2), or null: port 9 means that one may follow. */
  private static InetSocketAddress defaultAddress(DataSection data) {
    return data.candidates().stream()
      .filter(candidate -> !candidate.isHostname() && candidate.transport().equals(Candidate.UDP))
      .map(Candidate::address).findFirst().orElse(null);
  }

  private static String connection(InetSocketAddress shown) {
    if (shown == null) {
      return "IP4 0.0.0.0";
    }
    String family = shown.getAddress() instanceof Inet6Address ? "IP6 " : "IP4 ";
    return family + NetUtil.toAddressString(shown.getAddress());
  }

  private void mid(Section section) {
    if (section.mid() != null) {
      line("a=mid:" + section.mid());
    }
  }

  private void line(String text) {
    out.append(text).append("\r\n");
  }
}
