package io.aiconexus.webrtc.sdp;

import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.IceCredentials;
import java.util.List;
import java.util.Objects;

/**
 * The section about data channels (RFC 8841), with everything its transport needs to know.
 *
 * @param mid its name, 1 to 64 characters; null only in a description without BUNDLE
 * @param protocol {@code UDP/DTLS/SCTP} or {@code TCP/DTLS/SCTP}; what the sender's default candidate was, no more; or
 *   {@code DTLS/SCTP}, as long as the drafts before RFC 8841 are still spoken
 * @param credentials the sender's for ICE
 * @param fingerprints of the sender's certificate, at least one of them SHA-256
 * @param setup who begins the DTLS handshake
 * @param sctpPort 1 to 65,535; 5000 by custom
 * @param maxMessageSize largest message the sender takes, in bytes; 0 is any size (RFC 8841 section 6)
 * @param candidates those known when it was written
 * @param endOfCandidates whether these are all
 */
public record DataSection(String mid, String protocol, IceCredentials credentials, List<Fingerprint> fingerprints,
    Setup setup, int sctpPort, long maxMessageSize, List<Candidate> candidates, boolean endOfCandidates)
    implements Section {

  /** The usual protocol. */
  public static final String UDP_DTLS_SCTP = "UDP/DTLS/SCTP";
  /** The other one that RFC 8841 section 4 defines. */
  public static final String TCP_DTLS_SCTP = "TCP/DTLS/SCTP";
  /** The one of draft-ietf-mmusic-sctp-sdp-05, which aiortc offers: the SCTP port is the format, and has a map. */
  public static final String DTLS_SCTP = "DTLS/SCTP";
  /** What holds when a description does not say (RFC 8841 section 6.1), in bytes. */
  public static final long DEFAULT_MAX_MESSAGE_SIZE = 65_536;
  /** The SCTP port that everybody uses. */
  public static final int DEFAULT_SCTP_PORT = 5_000;

  /** Checks what must be there. */
  public DataSection {
    Objects.requireNonNull(credentials);
    Objects.requireNonNull(setup);
    fingerprints = List.copyOf(fingerprints);
    candidates = List.copyOf(candidates);
    if (sctpPort < 1 || sctpPort > 65_535) {
      throw new IllegalArgumentException("sctp-port must be 1 to 65535, was " + sctpPort);
    }
    if (maxMessageSize < 0) {
      throw new IllegalArgumentException("max-message-size must not be negative, was " + maxMessageSize);
    }
    if (fingerprints.stream().noneMatch(each -> each.algorithm().equals(Fingerprint.SHA_256))) {
      throw new IllegalArgumentException("a sha-256 fingerprint is required");
    }
  }

  /** What we say about our own end, with the usual protocol and port. */
  public static DataSection of(String mid, IceCredentials credentials, Fingerprint fingerprint, Setup setup,
      long maxMessageSize, List<Candidate> candidates, boolean endOfCandidates) {
    return new DataSection(mid, UDP_DTLS_SCTP, credentials, List.of(fingerprint), setup, DEFAULT_SCTP_PORT,
      maxMessageSize, candidates, endOfCandidates);
  }

  /** The SHA-256 one of {@link #fingerprints}. */
  public Fingerprint sha256() {
    return fingerprints.stream().filter(each -> each.algorithm().equals(Fingerprint.SHA_256)).findFirst().orElseThrow();
  }
}
