package io.aiconexus.webrtc.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An offer or an answer about data channels.
 *
 * @param id of the session, 0 to 2^63 - 1; stays the same in later descriptions of it
 * @param version grows by one with every new description
 * @param iceLite whether the sender is a lite agent
 * @param trickle whether candidates may follow
 * @param bundle the names in the BUNDLE group, the one whose transport counts first; empty without a
 *   group, and otherwise with that of the data section in it
 * @param sections in their order, which an answer keeps; exactly one is a {@link DataSection}
 */
public record SessionDescription(long id, long version, boolean iceLite, boolean trickle, List<String> bundle,
    List<Section> sections) {

  /** Longest description that is read, in characters. */
  public static final int MAX_LENGTH = 65_536;

  /** Checks that there is one data section. */
  public SessionDescription {
    bundle = List.copyOf(bundle);
    sections = List.copyOf(sections);
    if (sections.stream().filter(DataSection.class::isInstance).count() != 1) {
      throw new IllegalArgumentException("a description has exactly one data section");
    }
  }

  /**
   * Reads a description.
   *
   * @throws SdpException naming the line and the rule that it breaks
   */
  public static SessionDescription parse(String text) {
    return new SdpParser(text).parse();
  }

  /** An offer of data channels alone. */
  public static SessionDescription offer(long id, long version, DataSection data) {
    Objects.requireNonNull(data.mid(), "an offered section has a mid");
    return new SessionDescription(id, version, false, true, List.of(data.mid()), List.of(data));
  }

  /**
   * The answer to this offer: takes the data channels and rejects all else, in the same order and under the same names
   * (RFC 8829 section 5.3.1, RFC 9143 section 7.3.3).
   *
   * @param data our end; its mid and protocol become those of the offer; its setup must not be {@code actpass}
   *   (RFC 8842 section 5.3), see {@link Setup#answer}
   */
  public SessionDescription answer(long id, long version, DataSection data) {
    if (data.setup() == Setup.ACTPASS) {
      throw new IllegalArgumentException("the setup of an answer must be active or passive");
    }
    DataSection offered = data();
    DataSection ours = new DataSection(offered.mid(), offered.protocol(), data.credentials(), data.fingerprints(),
      data.setup(), data.sctpPort(), data.maxMessageSize(), data.candidates(), data.endOfCandidates());
    List<Section> answered = new ArrayList<>();
    for (Section section : sections) {
      answered.add(section instanceof OtherSection other
        ? new OtherSection(other.media(), other.protocol(), other.formats(), other.mid(), true)
        : ours);
    }
    List<String> group = bundle.isEmpty() ? List.of() : List.of(offered.mid());
    return new SessionDescription(id, version, false, true, group, answered);
  }

  /** The section about data channels. */
  public DataSection data() {
    return (DataSection) sections.get(dataIndex());
  }

  /** Where it stands among the sections, from 0: {@code sdpMLineIndex}. */
  public int dataIndex() {
    for (int i = 0; i < sections.size(); i++) {
      if (sections.get(i) instanceof DataSection) {
        return i;
      }
    }
    throw new IllegalStateException("checked when made");
  }

  /** The text that is signaled, with CRLF line ends. */
  public String text() {
    return new SdpPrinter().print(this);
  }
}
