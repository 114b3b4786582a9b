package io.aiconexus.webrtc.sdp;

/** Descriptions in the form in which different peers write them. */
final class Samples {
  static final String HASH =
    "5B:6A:11:0F:30:2C:9D:71:E4:A7:C2:54:00:FF:38:12:88:19:6E:4B:D0:77:2A:93:C5:61:3E:F4:0D:B8:A6:29";

  /** Chromium, before its candidates are known. */
  static final String CHROMIUM = crlf("""
    v=0
    o=- 4611731400430051336 2 IN IP4 127.0.0.1
    s=-
    t=0 0
    a=group:BUNDLE 0
    a=extmap-allow-mixed
    a=msid-semantic: WMS
    m=application 9 UDP/DTLS/SCTP webrtc-datachannel
    c=IN IP4 0.0.0.0
    a=ice-ufrag:EsAw
    a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
    a=ice-options:trickle
    a=fingerprint:sha-256 %s
    a=setup:actpass
    a=mid:0
    a=sctp-port:5000
    a=max-message-size:262144
    """);

  /** An offer of aiortc 1.4, in the form of the drafts before RFC 8841. */
  static final String AIORTC_OFFER = crlf("""
    v=0
    o=- 4004463237 4004463237 IN IP4 0.0.0.0
    s=-
    t=0 0
    a=group:BUNDLE 0
    a=msid-semantic:WMS *
    m=application 45666 DTLS/SCTP 5001
    c=IN IP4 192.0.2.2
    a=mid:0
    a=sctpmap:5001 webrtc-datachannel 65535
    a=max-message-size:65536
    a=candidate:f957a2332b1715da3b0ef8ba684454eb 1 udp 2130706431 192.0.2.2 45666 typ host
    a=end-of-candidates
    a=ice-ufrag:HRMG
    a=ice-pwd:Xxw6H6rQxQZ1VcX2S0dzLt
    a=fingerprint:sha-256 %s
    a=setup:actpass
    """);

  /** Chromium with audio and video before the data, all in one bundle. */
  static final String CHROMIUM_WITH_MEDIA = crlf("""
    v=0
    o=- 8056465047193717905 3 IN IP4 127.0.0.1
    s=-
    t=0 0
    a=group:BUNDLE 0 1 2
    a=extmap-allow-mixed
    a=msid-semantic: WMS 7a2d
    m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
    c=IN IP4 0.0.0.0
    a=rtcp:9 IN IP4 0.0.0.0
    a=ice-ufrag:aud1
    a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa
    a=ice-options:trickle
    a=fingerprint:sha-256 %1$s
    a=setup:actpass
    a=mid:0
    a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
    a=sendrecv
    a=rtcp-mux
    a=rtpmap:111 opus/48000/2
    a=fmtp:111 minptime=10;useinbandfec=1
    m=video 9 UDP/TLS/RTP/SAVPF 96 97
    c=IN IP4 0.0.0.0
    a=ice-ufrag:aud1
    a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa
    a=fingerprint:sha-256 %1$s
    a=setup:actpass
    a=mid:1
    a=sendrecv
    a=rtcp-mux
    a=rtpmap:96 VP8/90000
    m=application 9 UDP/DTLS/SCTP webrtc-datachannel
    c=IN IP4 0.0.0.0
    a=ice-ufrag:aud1
    a=ice-pwd:aaaaaaaaaaaaaaaaaaaaaaaa
    a=ice-options:trickle
    a=fingerprint:sha-256 %1$s
    a=setup:actpass
    a=mid:2
    a=sctp-port:5000
    a=max-message-size:262144
    """);

  /** Firefox: fingerprint and options for the whole session, candidates with names inside. */
  static final String FIREFOX = crlf("""
    v=0
    o=mozilla...THIS_IS_SDPARTA-128.0 4294967295123456789 0 IN IP4 0.0.0.0
    s=-
    t=0 0
    a=sendrecv
    a=fingerprint:sha-256 %s
    a=group:BUNDLE 0
    a=ice-options:trickle
    a=msid-semantic:WMS *
    m=application 53701 UDP/DTLS/SCTP webrtc-datachannel
    c=IN IP4 203.0.113.7
    a=candidate:0 1 UDP 2122252543 4b3e8a2e-54e7-4d5b-a9a4-7e2c3f0b8d11.local 53701 typ host
    a=candidate:2 1 TCP 2105524479 4b3e8a2e-54e7-4d5b-a9a4-7e2c3f0b8d11.local 9 typ host tcptype active
    a=candidate:1 1 UDP 1686052863 203.0.113.7 53701 typ srflx raddr 0.0.0.0 rport 0
    a=sendrecv
    a=end-of-candidates
    a=ice-pwd:3c1f0d9b5a7e2846c0d1e2f3a4b5c6d7
    a=ice-ufrag:7d2f11ab
    a=mid:0
    a=setup:actpass
    a=sctp-port:5000
    a=max-message-size:1073741823
    """);

  /** libwebrtc through a native binding, all candidates gathered. */
  static final String LIBWEBRTC = crlf("""
    v=0
    o=- 3546004397921447048 2 IN IP4 127.0.0.1
    s=-
    t=0 0
    a=group:BUNDLE 0
    a=extmap-allow-mixed
    a=msid-semantic: WMS
    m=application 42231 UDP/DTLS/SCTP webrtc-datachannel
    c=IN IP4 10.88.0.4
    a=candidate:2999745851 1 udp 2122260223 10.88.0.4 42231 typ host generation 0 network-id 1 network-cost 50
    a=candidate:1510613869 1 tcp 1518280447 10.88.0.4 9 typ host tcptype active generation 0 network-id 1
    a=ice-ufrag:Yt+k
    a=ice-pwd:zJ0WmLj/8hQxq1gM6CJxY2bR
    a=ice-options:trickle renomination
    a=fingerprint:sha-256 %s
    a=setup:active
    a=mid:0
    a=sctp-port:5000
    a=max-message-size:262144
    """);

  /** pion: fingerprint for the session, everything twice for RTP and RTCP, as it was and is. */
  static final String PION = crlf("""
    v=0
    o=- 7391234567812345678 1732400000 IN IP4 0.0.0.0
    s=-
    t=0 0
    a=msid-semantic:WMS*
    a=fingerprint:sha-256 %s
    a=extmap-allow-mixed
    a=group:BUNDLE 0
    m=application 9 UDP/DTLS/SCTP webrtc-datachannel
    c=IN IP4 0.0.0.0
    a=setup:active
    a=mid:0
    a=sendrecv
    a=sctp-port:5000
    a=max-message-size:1073741823
    a=ice-ufrag:QkZyPpWmKsYvJfXa
    a=ice-pwd:LmQeRtYuIoPaSdFgHjKlZxCvBnMqWeRt
    a=candidate:3350409123 1 udp 2130706431 192.0.2.10 49821 typ host ufrag QkZyPpWmKsYvJfXa
    a=candidate:3350409123 2 udp 2130706431 192.0.2.10 49821 typ host ufrag QkZyPpWmKsYvJfXa
    a=candidate:233762139 1 udp 1694498815 203.0.113.9 49821 typ srflx raddr 0.0.0.0 rport 49821
    a=end-of-candidates
    """);

  /** aiortc: several hashes of the certificate. */
  static final String AIORTC = crlf("""
    v=0
    o=- 3941234567 3941234567 IN IP4 0.0.0.0
    s=-
    t=0 0
    a=group:BUNDLE 0
    a=msid-semantic:WMS *
    m=application 55432 UDP/DTLS/SCTP webrtc-datachannel
    c=IN IP4 192.168.1.20
    a=mid:0
    a=sctp-port:5000
    a=max-message-size:65536
    a=candidate:9cbf7a9d7e0c4ea3e0d54f4d2b6b3f7a 1 udp 2130706431 192.168.1.20 55432 typ host
    a=candidate:b3b2f0f4b9d84c6a8b2f6ad9c0e1d2f3 1 udp 2130706431 2001:db8::20 40312 typ host
    a=end-of-candidates
    a=ice-ufrag:tWq9
    a=ice-pwd:uXy3NcmnAk7L0cJ6z4gT1s
    a=fingerprint:sha-256 %1$s
    a=fingerprint:sha-384 %1$s:%1$.47s
    a=fingerprint:sha-512 %1$s:%1$s
    a=setup:actpass
    """);

  /** werift: lite-sized, no default for the message size. */
  static final String WERIFT = crlf("""
    v=0
    o=- 61234567 0 IN IP4 0.0.0.0
    s=-
    t=0 0
    a=group:BUNDLE 0
    a=extmap-allow-mixed
    a=msid-semantic:WMS *
    m=application 9 UDP/DTLS/SCTP webrtc-datachannel
    c=IN IP4 0.0.0.0
    a=ice-ufrag:c3d4
    a=ice-pwd:0a1b2c3d4e5f60718293a4
    a=ice-options:trickle
    a=fingerprint:sha-256 %s
    a=setup:actpass
    a=mid:0
    a=sctp-port:5000
    """);

  private Samples() {
  }

  private static String crlf(String text) {
    return String.format(text, HASH).replace("\n", "\r\n");
  }
}
