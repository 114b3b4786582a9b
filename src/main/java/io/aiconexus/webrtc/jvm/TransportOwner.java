package io.aiconexus.webrtc.jvm;

import io.aiconexus.webrtc.ice.Candidate;
import io.aiconexus.webrtc.ice.IceState;
import io.aiconexus.webrtc.sctp.PacketSink;
import io.aiconexus.webrtc.sctp.SctpAssociation;

/** What a {@link Transport} tells the connection it belongs to; on the loop, from within the transport's own calls. */
interface TransportOwner {

  void onLocalCandidate(Candidate candidate);

  void onGatheringDone();

  void onIceState(IceState state);

  /** ICE or DTLS changed its state. */
  void onStateChange();

  /** DTLS is up: makes the association whose packets it carries, of at most so many bytes each. */
  SctpAssociation associate(int packetSize, PacketSink sink);

  /** DTLS ended. */
  void onLost(Verdict verdict);
}
