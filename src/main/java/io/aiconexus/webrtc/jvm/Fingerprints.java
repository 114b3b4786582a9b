package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.dtls.DtlsFingerprint;
import io.aiconexus.webrtc.sdp.DataSection;
import io.aiconexus.webrtc.sdp.Fingerprint;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Fingerprints as descriptions have them, and as DTLS checks them. */
final class Fingerprints {

  /** What DTLS checks; others, such as sha-1 and md5, are passed over (RFC 8122, section 5.1). */
  private static final Set<String> CHECKED = Set.of("sha-256", "sha-384", "sha-512");
  private static final HexFormat HEX = HexFormat.ofDelimiter(":");

  private Fingerprints() {
  }

  static Fingerprint toSdp(DtlsFingerprint fingerprint) {
    return new Fingerprint(fingerprint.algorithm(), HEX.parseHex(fingerprint.value()));
  }

  /** Those of the other end; at least one, because every description has a sha-256 one. */
  static List<DtlsFingerprint> trusted(DataSection theirs) {
    return theirs.fingerprints().stream().filter(each -> CHECKED.contains(each.algorithm()))
      .map(each -> DtlsFingerprint.parse(each.toString())).toList();
  }
}
