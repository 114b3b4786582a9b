package io.aiconexus.webrtc.jvm;

import io.aiconexus.bus.Failure;
import io.aiconexus.webrtc.IceCandidate;
import io.aiconexus.webrtc.SessionDescription.Type;
import io.aiconexus.webrtc.SignalingState;
import io.aiconexus.webrtc.dtls.DtlsRole;
import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.CandidateException;
import io.aiconexus.webrtc.ice.IceCredentials;
import io.aiconexus.webrtc.sdp.DataSection;
import io.aiconexus.webrtc.sdp.Fingerprint;
import io.aiconexus.webrtc.sdp.SdpException;
import io.aiconexus.webrtc.sdp.Section;
import io.aiconexus.webrtc.sdp.SessionDescription;
import io.aiconexus.webrtc.sdp.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Who said what: the descriptions of both ends, as far as they are agreed and as far as they are offered (RFC 8829).
 * <p>
 * Knows the rules and no protocol; the connection does what follows from them.
 */
final class Negotiation {

  private static final String MID = "0";

  private final long id = JvmEngine.RANDOM.nextLong() >>> 1;
  private SignalingState state = SignalingState.STABLE;
  private long version;
  private SessionDescription local;
  private SessionDescription agreedLocal;
  private SessionDescription remote;
  private SessionDescription agreedRemote;
  private boolean agreed;
  private DtlsRole role;
  private boolean restart;

  /** What the next local description is. */
  Type next() {
    return state.nextLocal();
  }

  boolean hasRemote() {
    return remote != null;
  }

  boolean isAgreed() {
    return agreed;
  }

  boolean isStable() {
    return state == SignalingState.STABLE;
  }

  /** Whether the other end's offer waits for our answer. */
  boolean isAnswerDue() {
    return state == SignalingState.HAVE_REMOTE_OFFER;
  }

  void restart() {
    restart = true;
  }

  /** Whether the next local description has new ICE credentials, once there are old ones. */
  boolean renews() {
    return agreed && (next() == Type.OFFER ? restart : isRemoteRenewed());
  }

  /** Whether the other end has ICE credentials that were not agreed on. */
  boolean isRemoteRenewed() {
    return agreedRemote != null && !agreedRemote.data().credentials().equals(remote.data().credentials());
  }

  DtlsRole role() {
    return role;
  }

  DataSection theirs() {
    return remote.data();
  }

  boolean isLite() {
    return remote.iceLite();
  }

  IceCredentials ours() {
    return local.data().credentials();
  }

  /** The name and place of the data section, for candidates. */
  String mid() {
    return local.data().mid();
  }

  int index() {
    return local.dataIndex();
  }

  /** Makes our next description and takes it as said. */
  String describe(IceCredentials credentials, Fingerprint fingerprint) {
    if (next() == Type.OFFER) {
      local = offer(credentials, fingerprint);
    } else {
      Setup setup = role == null ? theirs().setup().answer() : role == DtlsRole.CLIENT ? Setup.ACTIVE : Setup.PASSIVE;
      role = setup == Setup.ACTIVE ? DtlsRole.CLIENT : DtlsRole.SERVER;
      local = remote.answer(id, version, section(theirs().mid(), credentials, fingerprint, setup, theirs().sctpPort()));
    }
    version++;
    state = state.afterLocal(next());
    agreeIfStable();
    return local.text();
  }

  private SessionDescription offer(IceCredentials credentials, Fingerprint fingerprint) {
    if (agreedLocal == null) {
      return SessionDescription.offer(id, version,
        section(MID, credentials, fingerprint, Setup.ACTPASS, DataSection.DEFAULT_SCTP_PORT));
    }
    DataSection before = agreedLocal.data();
    DataSection data = section(before.mid(), credentials, fingerprint, Setup.ACTPASS, before.sctpPort());
    List<Section> sections = new ArrayList<>(agreedLocal.sections());
    sections.set(agreedLocal.dataIndex(), data);
    return new SessionDescription(id, version, false, true, agreedLocal.bundle(), sections);
  }

  private static DataSection section(String mid, IceCredentials credentials, Fingerprint fingerprint, Setup setup,
                                     int sctpPort) {
    return new DataSection(mid, DataSection.UDP_DTLS_SCTP, credentials, List.of(fingerprint), setup, sctpPort,
      Channels.MAX_MESSAGE, List.of(), false);
  }

  /** Takes back an offer of ours; nothing of it counts. */
  void rollback() {
    state = state.afterRollback();
    local = agreedLocal;
    remote = agreedRemote;
  }

  /** Takes what the other end said; throws {@code BAD_REQUEST} when it has no place here, and nothing is changed. */
  void hear(Type type, String text) {
    SignalingState then = state.afterRemote(type);
    SessionDescription heard;
    try {
      heard = SessionDescription.parse(text);
    } catch (SdpException e) {
      throw Failure.BAD_REQUEST.because("the description was refused: " + e.getMessage());
    }
    check(type, heard);
    if (type == Type.ANSWER && role == null) {
      role = heard.data().setup() == Setup.ACTIVE ? DtlsRole.SERVER : DtlsRole.CLIENT;
    }
    remote = heard;
    state = then;
    agreeIfStable();
  }

  private void check(Type type, SessionDescription heard) {
    DataSection data = heard.data();
    if (type == Type.ANSWER) {
      require(data.setup() != Setup.ACTPASS, "an answer must be active or passive");
      require(data.sctpPort() == local.data().sctpPort(), "only one SCTP port for both ends is possible here");
      boolean renewed = agreedRemote != null && !agreedRemote.data().credentials().equals(data.credentials());
      boolean asked = agreedLocal != null && !agreedLocal.data().credentials().equals(ours());
      require(agreedRemote == null || renewed == asked, "ICE credentials must change at both ends or at none");
    }
    if (agreedRemote != null) {
      require(agreedRemote.data().fingerprints().equals(data.fingerprints()),
        "the certificate cannot change within a connection: make a new one");
      require(agreedRemote.data().sctpPort() == data.sctpPort(), "the SCTP port cannot change within a connection");
    }
  }

  private void agreeIfStable() {
    if (state == SignalingState.STABLE) {
      restart &= agreedLocal != null && agreedLocal.data().credentials().equals(ours());
      agreed = true;
      agreedLocal = local;
      agreedRemote = remote;
    }
  }

  /** Reads a candidate of the other end; throws {@code BAD_REQUEST} when it does not belong here. */
  Candidate candidate(IceCandidate found) {
    if (remote == null) {
      throw Failure.BAD_REQUEST.because("a candidate came before any description of the other end");
    }
    Candidate candidate = null;
    if (!found.isEnd()) {
      boolean named = found.sdpMid() != null && !found.sdpMid().isEmpty();   // some stacks say "" and mean null
      require(named ? found.sdpMid().equals(theirs().mid())
        : found.sdpMLineIndex() != null && found.sdpMLineIndex() == remote.dataIndex(),
        "the candidate names no section of data channels (sdpMid or sdpMLineIndex)");
      candidate = parse(found.candidate());
    }
    String ufrag = found.usernameFragment() != null || candidate == null ? found.usernameFragment()
      : candidate.extensions().get("ufrag");
    require(ufrag == null || ufrag.equals(theirs().credentials().ufrag()),
      "the candidate belongs to another ICE generation");
    return candidate;
  }

  private static Candidate parse(String line) {
    try {
      Candidate candidate = Candidate.parse(line);
      require(!candidate.isHostname()
        || candidate.address().getHostString().toLowerCase(Locale.ROOT).endsWith(".local"),
        "the candidate's address must be an IP address or an mDNS name");
      return candidate;
    } catch (CandidateException e) {
      throw Failure.BAD_REQUEST.because("the candidate was refused: " + e.getMessage());
    }
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw Failure.BAD_REQUEST.because(rule);
    }
  }
}
