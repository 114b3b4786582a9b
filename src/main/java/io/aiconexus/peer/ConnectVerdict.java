package io.aiconexus.peer;

/** Why a link did not come up or was lost, in one word; {@code docs/troubleshooting.md} says what to do about each. */
public enum ConnectVerdict {

  /** The other agent is registered nowhere in the cluster. */
  PEER_ABSENT("the other agent is registered nowhere in the cluster"),
  /** The other agent is registered and did not answer. */
  PEER_SILENT("the other agent is registered and does not answer"),
  /** The other agent, or the gateway on the way to it, refused, gave up or sent what cannot be used. */
  PEER_REFUSED("the other agent or the gateway refused or gave up"),
  /** The offer did not leave, because the gateway was lost. */
  SIGNALING_LOST("the gateway of this agent cannot be reached"),
  /** No candidate of one end fits one of the other. */
  NO_COMMON_CANDIDATES("no candidate of this end fits one of the other end"),
  /** This end found no way at all to be reached. */
  NO_LOCAL_CANDIDATES("this end has no candidate: no network interface, address or relay that it may use"),
  /** No datagram came back from anybody. */
  UDP_BLOCKED("no UDP datagram came back from anybody"),
  /** A TURN server refuses the credentials. */
  TURN_AUTH("the TURN server refuses user name or password"),
  /** No TURN server gave a relayed address. */
  TURN_UNREACHABLE("no TURN server gave a relayed address"),
  /** Candidates were tried and no pair of them worked in time. */
  ICE_TIMEOUT("no pair of candidates works, or none any more"),
  /** There was a path, and DTLS did not come up on it or broke. */
  DTLS_FAILED("DTLS failed on a path that works"),
  /** The description or the certificate is not that of the agent. */
  FINGERPRINT_MISMATCH("the certificate or the description is not that of the other agent"),
  /** No engine of this node could make the connection. */
  ENGINE_UNAVAILABLE("this node's WebRTC engine made no connection");

  private final String meaning;

  ConnectVerdict(String meaning) {
    this.meaning = meaning;
  }

  /** What it means, for a person: half a sentence. */
  public String meaning() {
    return meaning;
  }
}
