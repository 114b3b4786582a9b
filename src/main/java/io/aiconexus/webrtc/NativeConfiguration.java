package io.aiconexus.webrtc;

import dev.onvoid.webrtc.PortAllocatorConfig;
import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCIceServer;
import dev.onvoid.webrtc.RTCIceTransportPolicy;
import io.aiconexus.protocol.IceServer;
import java.util.List;

/**
 * Our options in libwebrtc's words.
 * <p>
 * Everything but the servers stays the same for the life of a connection: libwebrtc refuses to change anything else
 * later. That is why no certificate is given either, though one per node would do: libwebrtc compares certificates by
 * identity, so that with one of ours the servers could never be replaced; and making one per connection costs nothing
 * that can be measured.
 *
 * @param options the engine's settings
 * @param relayOnly whether only relayed candidates count
 */
record NativeConfiguration(NativeOptions options, boolean relayOnly) {

  /** What webrtc-java takes for "not set" in the numbers of a channel. */
  private static final int UNSET = -1;

  RTCConfiguration with(List<IceServer> servers) {
    RTCConfiguration configuration = new RTCConfiguration();
    configuration.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
    configuration.iceTransportPolicy = relayOnly ? RTCIceTransportPolicy.RELAY : RTCIceTransportPolicy.ALL;
    servers.forEach(server -> configuration.iceServers.add(of(server)));
    PortAllocatorConfig ports = configuration.portAllocatorConfig;
    ports.setDisableTcp(!options.tcp()).setEnableIpv6(options.ipv6()).setEnableSharedSocket(true);
    ports.minPort = options.portMin();
    ports.maxPort = options.portMax();
    return configuration;
  }

  static RTCDataChannelInit of(DataChannelOptions options) {
    RTCDataChannelInit init = new RTCDataChannelInit();
    init.ordered = options.ordered();
    init.maxRetransmits = options.maxRetransmits() == null ? UNSET : options.maxRetransmits();
    init.maxPacketLifeTime = options.maxPacketLifeTime() == null ? UNSET : options.maxPacketLifeTime();
    init.protocol = options.protocol();
    init.negotiated = options.negotiated();
    init.id = options.id() == null ? UNSET : options.id();
    return init;
  }

  /** How a channel of the other end delivers; the binding answers 0 for limits that are not set. */
  static DataChannelOptions optionsOf(RTCDataChannel channel) {
    int lifeTime = channel.getMaxPacketLifeTime();
    boolean timed = !channel.isReliable() && lifeTime > 0;
    Integer retransmits = channel.isReliable() || timed ? null : Integer.valueOf(channel.getMaxRetransmits());
    String protocol = channel.getProtocol();
    return new DataChannelOptions(channel.isOrdered(), retransmits, timed ? lifeTime : null,
      protocol == null ? "" : protocol, false, null);
  }

  private static RTCIceServer of(IceServer server) {
    RTCIceServer made = new RTCIceServer();
    made.urls.addAll(server.urls());
    made.username = server.username() == null ? "" : server.username();
    made.password = server.credential() == null ? "" : server.credential();
    return made;
  }
}
