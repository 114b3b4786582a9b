package io.aiconexus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.Did;
import org.junit.jupiter.api.Test;

class AddressesTest {

  @Test
  void everyAddressIsTheDocumentedOne() {
    Did did = Did.of(new byte[32]);

    assertThat(Addresses.PEERS).isEqualTo("aiconexus.peers");
    assertThat(Addresses.SIGNALING).isEqualTo("aiconexus.signaling");
    assertThat(Addresses.PRESENCE).isEqualTo("aiconexus.presence");
    assertThat(Addresses.EVENTS).isEqualTo("aiconexus.events");
    assertThat(Addresses.peer(did)).isEqualTo("aiconexus.peer." + did);
    assertThat(Addresses.peerSend(did)).isEqualTo("aiconexus.peer." + did + ".send");
    assertThat(Addresses.peerInbox(did)).isEqualTo("aiconexus.peer." + did + ".inbox");
    assertThat(Addresses.peerEvents(did)).isEqualTo("aiconexus.peer." + did + ".events");
    assertThat(Addresses.signalingInbox("n1", 2)).isEqualTo("aiconexus.signal.n1.2");
  }
}
