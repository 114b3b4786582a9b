package io.aiconexus.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.IceRole;
import io.aiconexus.webrtc.ice.IceState;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Descriptions, candidates and checks against libwebrtc, over real sockets, in both roles. */
class LibwebrtcInteropTest {
  private static final Fingerprint NOBODYS = Fingerprint.parse("sha-256 " + Samples.HASH);
  private static HeadlessAudioDeviceModule audio;
  private static PeerConnectionFactory factory;

  /** Only hands on what it hears: calling into libwebrtc from here could deadlock. */
  private static final class Native implements PeerConnectionObserver {
    private final UdpPeer peer;

    Native(UdpPeer peer) {
      this.peer = peer;
    }

    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
      String line = candidate.sdp;
      peer.tasks.add(() -> peer.agent.addRemoteCandidate(Candidate.parse(line), System.nanoTime()));
    }
  }

  @BeforeAll
  static void begin() {
    audio = new HeadlessAudioDeviceModule();
    factory = new PeerConnectionFactory(audio);
  }

  @AfterAll
  static void end() {
    factory.dispose();
    audio.dispose();
  }

  @Test
  void libwebrtcOffersAndControls() throws Exception {
    try (UdpPeer peer = new UdpPeer(IceRole.CONTROLLED, outwardAddress())) {
      RTCPeerConnection connection = factory.createPeerConnection(new RTCConfiguration(), new Native(peer));
      RTCDataChannel channel = connection.createDataChannel("d", new RTCDataChannelInit());
      RTCSessionDescription made = described(o -> connection.createOffer(new RTCOfferOptions(), o));
      set(o -> connection.setLocalDescription(made, o));
      SessionDescription offer = SessionDescription.parse(made.sdp);
      String answer = offer.answer(1, 1, ours(peer, Setup.PASSIVE)).text();
      set(o -> connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, answer), o));

      assertConnects(peer, offer);
      channel.dispose();
      connection.close();
    }
  }

  @Test
  void weOfferAndControl() throws Exception {
    try (UdpPeer peer = new UdpPeer(IceRole.CONTROLLING, outwardAddress())) {
      RTCPeerConnection connection = factory.createPeerConnection(new RTCConfiguration(), new Native(peer));
      String offer = SessionDescription.offer(1, 1, ours(peer, Setup.ACTPASS)).text();
      set(o -> connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, offer), o));
      RTCSessionDescription made = described(o -> connection.createAnswer(new RTCAnswerOptions(), o));
      set(o -> connection.setLocalDescription(made, o));
      SessionDescription answer = SessionDescription.parse(made.sdp);
      assertThat(answer.data().setup()).isEqualTo(Setup.ACTIVE);

      assertConnects(peer, answer);
      connection.close();
    }
  }

  /** libwebrtc begins its DTLS handshake as soon as it takes the path for a good one. */
  private static void assertConnects(UdpPeer peer, SessionDescription theirs) throws Exception {
    peer.agent.setRemote(theirs.data().credentials(), theirs.iceLite(), System.nanoTime());

    boolean up = peer.runUntil(() -> peer.data > 0 && peer.agent.selectedPair() != null
      && peer.agent.selectedPair().nominated(), 10);

    assertThat(up).as("%s %s %s", peer.states, peer.agent.selectedPair(), peer.data).isTrue();
    assertThat(peer.states).startsWith(IceState.CHECKING, IceState.CONNECTED);
  }

  private static DataSection ours(UdpPeer peer, Setup setup) {
    List<Candidate> candidates = peer.agent.localCandidates();
    return DataSection.of("0", peer.agent.localCredentials(), NOBODYS, setup, 262_144, candidates, true);
  }

  /** libwebrtc gathers no loopback addresses, so neither do we. */
  private static InetAddress outwardAddress() throws Exception {
    InetAddress found = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
      .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).findFirst().orElse(null);
    assumeTrue(found != null, "needs an interface besides loopback");
    return found;
  }

  private static RTCSessionDescription described(Consumer<CreateSessionDescriptionObserver> call) throws Exception {
    CompletableFuture<RTCSessionDescription> made = new CompletableFuture<>();
    call.accept(new CreateSessionDescriptionObserver() {
      @Override
      public void onSuccess(RTCSessionDescription description) {
        made.complete(description);
      }

      @Override
      public void onFailure(String error) {
        made.completeExceptionally(new IllegalStateException(error));
      }
    });
    return made.get(10, TimeUnit.SECONDS);
  }

  private static void set(Consumer<SetSessionDescriptionObserver> call) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    call.accept(new SetSessionDescriptionObserver() {
      @Override
      public void onSuccess() {
        done.complete(null);
      }

      @Override
      public void onFailure(String error) {
        done.completeExceptionally(new IllegalStateException(error));
      }
    });
    done.get(10, TimeUnit.SECONDS);
  }
}
