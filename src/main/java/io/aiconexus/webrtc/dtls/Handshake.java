package io.aiconexus.webrtc.dtls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsFatalAlertReceived;
import org.bouncycastle.tls.TlsTimeoutException;

/** One handshake, from the first message to the last: work for {@link DtlsWorkers}. */
final class Handshake implements Runnable {

  /** Hears of the end of the handshake, once, on the worker's thread. */
  interface Outcome {
    void succeeded(Records records, DtlsCipherSuite cipherSuite);

    /** @param alert what the peer is to be told, or null; it must not react before this end knows */
    void failed(DtlsCloseReason reason, String detail, ByteBuffer alert);
  }

  private final DtlsRole role;
  private final PeerPolicy policy;
  private final Wire wire;
  private final Outcome outcome;
  private final AtomicBoolean claimed = new AtomicBoolean();

  Handshake(DtlsRole role, PeerPolicy policy, Wire wire, Outcome outcome) {
    this.role = role;
    this.policy = policy;
    this.wire = wire;
    this.outcome = outcome;
  }

  /** Takes the handshake back; false if a worker has begun it. */
  boolean withdraw() {
    return claimed.compareAndSet(false, true);
  }

  @Override
  public void run() {
    if (!claimed.compareAndSet(false, true)) {
      return;
    }
    try {
      var records = new Records(shakeHands(), wire);
      wire.flush();
      outcome.succeeded(records, policy.cipherSuite());
    } catch (IOException e) {
      outcome.failed(reasonOf(e), detailOf(e), wire.takePacked());
    }
  }

  private DTLSTransport shakeHands() throws IOException {
    DTLSTransport records = role == DtlsRole.CLIENT
      ? new DTLSClientProtocol().connect(new ClientPeer(policy), wire)
      : new DTLSServerProtocol().accept(new ServerPeer(policy), wire);
    if (!policy.verified()) {
      records.close();
      throw new IOException("the handshake ended without a certificate");
    }
    return records;
  }

  /** What happened, and whose alert tells of it. */
  static String detailOf(IOException e) {
    String who = e instanceof TlsFatalAlertReceived ? "the peer's alert: " : "";
    return who + e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause());
  }

  private DtlsCloseReason reasonOf(IOException e) {
    if (!policy.verified() && policy.mismatched()) {
      return DtlsCloseReason.FINGERPRINT_MISMATCH;
    }
    if (policy.goodbyeReceived()) {
      return DtlsCloseReason.CLOSED_BY_PEER;
    }
    return e instanceof TlsTimeoutException ? DtlsCloseReason.HANDSHAKE_TIMEOUT : DtlsCloseReason.HANDSHAKE_FAILED;
  }
}
