package io.aiconexus.peer;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Payload;
import io.aiconexus.webrtc.PeerConnection;
import io.aiconexus.webrtc.PeerConnectionListener;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** What a link needs from the agent it belongs to. */
interface LinkOwner {

  Did local();

  PeerOptions options();

  boolean isOnContext();

  /** Carries a call over to the agent's context; the result arrives there. */
  <T> Future<T> onContext(Supplier<Future<T>> call);

  Future<PeerConnection> connection(PeerConnectionListener listener);

  Channel channel(Link link, String label);

  /** Sends a payload to the link's remote through the gateway. */
  void signal(Link link, Payload payload);

  /** Publishes an event of a link. */
  void event(JsonObject event);

  long after(long millis, Runnable action);

  void cancel(long timer);

  /** The link can carry data. */
  void onUsable(Link link);

  /** Either end made a channel; its first message has not come yet. */
  void onChannel(Channel channel, boolean madeByRemote);

  /** The link is closed. */
  void onEnded(Link link);
}
