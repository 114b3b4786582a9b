package io.aiconexus.webrtc.dtls;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Executor;

/** A client and a server on one loop with a network between them. */
final class Pair {

  static final SecureRandom RANDOM = new SecureRandom();
  static final DtlsCertificate CLIENT = DtlsCertificate.generate(Instant.now(), RANDOM);
  static final DtlsCertificate SERVER = DtlsCertificate.generate(Instant.now(), RANDOM);

  final End client;
  final End server;
  private final Executor loop;
  private Network network;

  Pair(Executor loop, DtlsWorkers workers, DtlsSettings settings, Network network) {
    this(loop, workers, settings, network, SERVER.fingerprint(), CLIENT.fingerprint());
  }

  Pair(Executor loop, DtlsWorkers workers, DtlsSettings settings, Network network, DtlsFingerprint clientExpects,
      DtlsFingerprint serverExpects) {
    this.loop = loop;
    this.network = network;
    client = new End(loop);
    server = new End(loop);
    client.attach(new DtlsEndpoint(CLIENT, settings, workers, RANDOM), DtlsRole.CLIENT, clientExpects);
    server.attach(new DtlsEndpoint(SERVER, settings, workers, RANDOM), DtlsRole.SERVER, serverExpects);
    link(client, server);
    link(server, client);
  }

  private void link(End from, End to) {
    from.out = datagram -> network.carry(datagram, arrived -> loop.execute(() -> to.deliver(arrived)));
  }

  /** From now on nothing is lost. */
  void heal() {
    loop.execute(() -> network = Network.PERFECT);
  }

  /** Lets datagrams that are on their way arrive, and be answered. */
  void settle() throws Exception {
    for (int hop = 0; hop < 4; hop++) {
      client.onLoop(() -> null);
    }
  }

  Pair start() {
    server.start();
    client.start();
    return this;
  }

  Pair connect() throws Exception {
    start();
    client.awaitConnected();
    server.awaitConnected();
    return this;
  }
}
