package io.aiconexus.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.CandidateType;
import io.aiconexus.webrtc.ice.IceCredentials;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionDescriptionTest {
  private static final IceCredentials CREDENTIALS = new IceCredentials("abcd", "p".repeat(24));
  private static final Candidate HOST = Candidate.parse("candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host");

  private static DataSection ours(Setup setup) {
    return DataSection.of("data", CREDENTIALS, Fingerprint.parse("sha-256 " + Samples.HASH), setup, 262_144,
      List.of(HOST), true);
  }

  @Test
  void readsAnOfferOfChromium() {
    SessionDescription offer = SessionDescription.parse(Samples.CHROMIUM);

    assertThat(offer.id()).isEqualTo(4_611_731_400_430_051_336L);
    assertThat(offer.version()).isEqualTo(2);
    assertThat(offer.trickle()).isTrue();
    assertThat(offer.iceLite()).isFalse();
    assertThat(offer.bundle()).containsExactly("0");
    DataSection data = offer.data();
    assertThat(data.mid()).isEqualTo("0");
    assertThat(data.credentials()).isEqualTo(new IceCredentials("EsAw", "P2uYro0UCOQ4zxjKXaWCBui1"));
    assertThat(data.sha256()).hasToString("sha-256 " + Samples.HASH);
    assertThat(data.setup()).isEqualTo(Setup.ACTPASS);
    assertThat(data.sctpPort()).isEqualTo(5_000);
    assertThat(data.maxMessageSize()).isEqualTo(262_144);
    assertThat(data.candidates()).isEmpty();
    assertThat(data.endOfCandidates()).isFalse();
  }

  @Test
  void readsAnOfferOfFirefox() {
    SessionDescription offer = SessionDescription.parse(Samples.FIREFOX);

    assertThat(offer.trickle()).isTrue();
    assertThat(offer.data().sha256().hash()).hasSize(32);
    assertThat(offer.data().credentials().ufrag()).isEqualTo("7d2f11ab");
    assertThat(offer.data().maxMessageSize()).isEqualTo(1_073_741_823);
    assertThat(offer.data().endOfCandidates()).isTrue();
    assertThat(offer.data().candidates()).extracting(Candidate::isHostname).containsExactly(true, true, false);
    assertThat(offer.data().candidates().get(2).type()).isEqualTo(CandidateType.SERVER_REFLEXIVE);
  }

  @Test
  void readsAnOfferInTheFormOfTheDraftsAndAnswersInIt() {
    SessionDescription offer = SessionDescription.parse(Samples.AIORTC_OFFER);

    assertThat(offer.data().sctpPort()).isEqualTo(5_001);
    assertThat(offer.data().maxMessageSize()).isEqualTo(65_536);
    assertThat(offer.data().endOfCandidates()).isTrue();
    String answer = offer.answer(1, 0, ours(Setup.ACTIVE)).text();
    assertThat(answer).contains("m=application 5000 DTLS/SCTP 5000\r\n", "a=sctpmap:5000 webrtc-datachannel 1024\r\n")
      .doesNotContain("a=sctp-port");
    assertThat(SessionDescription.parse(answer).data().sctpPort()).isEqualTo(5_000);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "a=sctpmap:5001 webrtc-datachannel 65535 | a=sctpmap:5002 webrtc-datachannel 65535",
    "a=sctpmap:5001 webrtc-datachannel 65535 | a=sctpmap:5001 bfcp 65535",
    "DTLS/SCTP 5001 | DTLS/SCTP webrtc-datachannel",
  })
  void refusesTheFormOfTheDraftsWithoutItsMap(String there, String instead) {
    assertThatThrownBy(() -> SessionDescription.parse(Samples.AIORTC_OFFER.replace(there, instead)))
      .isInstanceOf(SdpException.class);
  }

  @Test
  void readsWhatLibwebrtcAndPionAndAiortcAndWeriftWrite() {
    assertThat(SessionDescription.parse(Samples.LIBWEBRTC).data().setup()).isEqualTo(Setup.ACTIVE);
    assertThat(SessionDescription.parse(Samples.LIBWEBRTC).data().candidates()).hasSize(2);
    assertThat(SessionDescription.parse(Samples.PION).data().candidates()).hasSize(3);
    assertThat(SessionDescription.parse(Samples.PION).data().endOfCandidates()).isTrue();
    assertThat(SessionDescription.parse(Samples.AIORTC).data().fingerprints())
      .extracting(Fingerprint::algorithm).containsExactly("sha-256", "sha-384", "sha-512");
    assertThat(SessionDescription.parse(Samples.AIORTC).trickle()).isFalse();
    assertThat(SessionDescription.parse(Samples.WERIFT).data().maxMessageSize()).isEqualTo(65_536);
  }

  @Test
  void anAnswerRejectsAudioAndVideoInPlaceAndKeepsTheBundleToItself() {
    SessionDescription offer = SessionDescription.parse(Samples.CHROMIUM_WITH_MEDIA);
    assertThat(offer.dataIndex()).isEqualTo(2);

    String answer = offer.answer(7, 1, ours(Setup.ACTIVE)).text();

    assertThat(answer.lines().filter(line -> line.startsWith("m=") || line.startsWith("a=mid")
      || line.startsWith("a=group"))).containsExactly(
        "a=group:BUNDLE 2",
        "m=audio 0 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126",
        "a=mid:0",
        "m=video 0 UDP/TLS/RTP/SAVPF 96 97",
        "a=mid:1",
        "m=application 5000 UDP/DTLS/SCTP webrtc-datachannel",
        "a=mid:2");
    SessionDescription read = SessionDescription.parse(answer);
    assertThat(read.data().mid()).isEqualTo("2");
    assertThat(read.data().setup()).isEqualTo(Setup.ACTIVE);
    assertThat(((OtherSection) read.sections().get(0)).rejected()).isTrue();
  }

  @Test
  void whatIsWrittenReadsTheSame() {
    SessionDescription offer = SessionDescription.offer(1, 2, ours(Setup.ACTPASS));

    assertThat(SessionDescription.parse(offer.text())).isEqualTo(offer);
    assertThat(offer.text()).isEqualTo(String.join("\r\n",
      "v=0", "o=- 1 2 IN IP4 0.0.0.0", "s=-", "t=0 0", "a=group:BUNDLE data",
      "m=application 5000 UDP/DTLS/SCTP webrtc-datachannel", "c=IN IP4 192.0.2.1", "a=mid:data",
      "a=candidate:1 1 udp 2130706431 192.0.2.1 5000 typ host", "a=end-of-candidates",
      "a=ice-ufrag:abcd", "a=ice-pwd:pppppppppppppppppppppppp", "a=ice-options:trickle",
      "a=fingerprint:sha-256 " + Samples.HASH, "a=setup:actpass", "a=sctp-port:5000", "a=max-message-size:262144", ""));
  }

  @Test
  void aSectionThatIsOnlyToBeBundledHasTheTransportOfTheBundle() {
    String bundleOnly = Samples.CHROMIUM_WITH_MEDIA.replace("m=application 9", "m=application 0")
      .replaceAll("(?s)(m=application.*?)a=ice-ufrag.*?a=mid:2", "$1a=bundle-only\r\na=mid:2");

    DataSection data = SessionDescription.parse(bundleOnly).data();

    assertThat(data.credentials().ufrag()).isEqualTo("aud1");
    assertThat(data.setup()).isEqualTo(Setup.ACTPASS);
    assertThat(data.sha256()).isNotNull();
  }

  @Test
  void anIceLiteOfferWithTheTcpProfileAndNoBundleIsReadAndAnsweredInKind() {
    String text = Samples.CHROMIUM.replace("a=group:BUNDLE 0\r\n", "a=ice-lite\r\n").replace("UDP/DTLS", "TCP/DTLS")
      .replace("a=mid:0\r\n", "").replace("a=max-message-size:262144", "a=max-message-size:0");

    SessionDescription offer = SessionDescription.parse(text);
    SessionDescription answer = offer.answer(1, 1, ours(Setup.PASSIVE));

    assertThat(offer.iceLite()).isTrue();
    assertThat(offer.data().maxMessageSize()).isZero();
    assertThat(answer.text()).contains("m=application 5000 TCP/DTLS/SCTP").doesNotContain("a=group", "a=mid");
  }

  @Test
  void anAnswerHasToDecideWhoBeginsTheHandshake() {
    SessionDescription offer = SessionDescription.parse(Samples.CHROMIUM);

    assertThatThrownBy(() -> offer.answer(1, 1, ours(Setup.ACTPASS))).isInstanceOf(IllegalArgumentException.class);
    assertThat(Setup.ACTPASS.answer()).isEqualTo(Setup.ACTIVE);
    assertThat(Setup.ACTIVE.answer()).isEqualTo(Setup.PASSIVE);
    assertThat(Setup.PASSIVE.answer()).isEqualTo(Setup.ACTIVE);
  }

  @Test
  void linesMayEndInLineFeedsAlone() {
    assertThat(SessionDescription.parse(Samples.CHROMIUM.replace("\r\n", "\n")))
      .isEqualTo(SessionDescription.parse(Samples.CHROMIUM));
  }

  @Test
  void aCandidateOfTheFutureIsPassedOver() {
    String text = Samples.CHROMIUM + "a=candidate:1 1 udp 1 192.0.2.1 5 typ quantum\r\n" + "a=" + HOST.line() + "\r\n";

    assertThat(SessionDescription.parse(text).data().candidates()).containsExactly(HOST);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "v=0 | v=1 | sdp line 1: the version must be 0",
    "o=- 4611731400430051336 | o=- x | sdp line 2: o= must be a name, two numbers, and an address",
    "s=- | e=- | sdp line 3: a description begins with the lines v=, o= and s=",
    "t=0 0 | time flies | sdp line 4: a line is one of the letters vosiuepcbtrzkam, \"=\", and a value",
    "a=group:BUNDLE 0 | a=group:BUNDLE 0 1 | sdp line 5: BUNDLE names a section that does not exist",
    "m=application 9 | m=application 0 | sdp line 8: the data channel section is rejected (port 0)",
    "m=application 9 | m=application x | sdp line 8: an m= line is media, port from 0 to 65535, protocol and formats",
    "webrtc-datachannel | 5000 | sdp: there is no section \"m=application ... UDP/DTLS/SCTP webrtc-datachannel\"",
    "a=ice-ufrag:EsAw | a=ice-ufrag:Es | sdp line 10: ice-ufrag must be 4 to 256 letters, digits, + or /",
    "P2uYro0UCOQ4zxjKXaWCBui1 | P2uYro0UCOQ4 | sdp line 11: ice-pwd must be 22 to 256 letters, digits, + or /",
    "a=ice-pwd | a=ice-pwt | sdp line 8: the section needs ice-pwd",
    "a=fingerprint:sha-256 | a=fingerprint:sha-1 | sdp line 13: one fingerprint must be sha-256",
    "a=setup:actpass | a=setup:holdconn | sdp line 14: setup must be actpass, active or passive",
    "a=setup:actpass | a=mid:0 | sdp line 15: mid must not occur twice in one part",
    "a=sctp-port:5000 | a=sctp-port:0 | sdp line 16: sctp-port must be a number from 1 to 65535",
    "262144 | 9007199254740992 | sdp line 17: max-message-size must be a number from 0 to 9007199254740991",
    "a=ice-options:trickle | a=candidate:1 1 udp | sdp line 12: the priority must be a number from 1 to 2147483647",
  })
  void saysWhichLineBreaksWhichRule(String from, String to, String message) {
    assertThatThrownBy(() -> SessionDescription.parse(Samples.CHROMIUM.replace(from, to)))
      .isInstanceOf(SdpException.class).hasMessage(message);
  }

  @Test
  void isBounded() {
    String long64 = Samples.CHROMIUM + "a=x:" + "y".repeat(65_536) + "\r\n";
    assertThatThrownBy(() -> SessionDescription.parse(long64)).hasMessageContaining("at most 65536 characters");
    String sections = Samples.CHROMIUM + "m=audio 0 RTP/AVP 0\r\n".repeat(256);
    assertThatThrownBy(() -> SessionDescription.parse(sections)).hasMessageContaining("at most 256 sections");
    String candidates = Samples.CHROMIUM + ("a=" + HOST.line() + "\r\n").repeat(257);
    assertThatThrownBy(() -> SessionDescription.parse(candidates)).hasMessageContaining("at most 256 candidates");
    String formats = Samples.CHROMIUM + "m=audio 9 RTP/AVP" + " 0".repeat(30_000) + "\r\n";
    assertThat(SessionDescription.parse(formats).sections()).hasSize(2);
    String names = Samples.CHROMIUM.replace("BUNDLE 0", "BUNDLE" + " 0".repeat(30_000));
    assertThat(SessionDescription.parse(names).bundle()).isNotEmpty();
  }

  @Test
  void aTextThatIsNotOneIsRefused() {
    for (String text : List.of("", "\n", "v=0", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\n", "hello")) {
      assertThatThrownBy(() -> SessionDescription.parse(text)).as(text).isInstanceOf(SdpException.class);
    }
  }
}
