package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.Did;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what arrives on channels to the application's inbox address, one event-bus message each.
 * <p>
 * A reply is the credit for one more; while nobody is there to reply, the channel waits and the other end is slowed down.
 * A message whose reader failed or did not reply in time counts as delivered once and is not sent again.
 */
final class AgentInbox {

  private static final Logger log = LoggerFactory.getLogger(AgentInbox.class);
  private static final long REPLY_TIMEOUT_MS = 30_000;
  private static final long NOBODY_THERE_MS = 1_000;

  private final Vertx vertx;
  private final Did owner;
  private final int window;

  /** @param window messages in flight at most, per channel */
  AgentInbox(Vertx vertx, Did owner, int window) {
    this.vertx = vertx;
    this.owner = owner;
    this.window = window;
  }

  /** Takes everything that arrives on {@code channel} from now on. */
  void take(Channel channel) {
    channel.pause();
    channel.messageHandler(message -> send(channel, message));
    channel.fetch(window);
  }

  private void send(Channel channel, ChannelMessage message) {
    DeliveryOptions options = new DeliveryOptions().setSendTimeout(REPLY_TIMEOUT_MS)
      .addHeader("from", channel.link().remote().toString())
      .addHeader("channel", channel.label())
      .addHeader("link", channel.link().connectionId());
    Object body = message.binary() ? message.data() : message.text();
    vertx.eventBus().request(Addresses.peerInbox(owner), body, options).onComplete(
      taken -> channel.fetch(1),
      cause -> onFailure(channel, message, cause));
  }

  private void onFailure(Channel channel, ChannelMessage message, Throwable cause) {
    boolean nobody = cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    if (nobody && channel.isOpen()) {
      log.debug("{}: nobody reads {}, a message waits", owner, Addresses.peerInbox(owner));
      vertx.setTimer(NOBODY_THERE_MS, again -> send(channel, message));
    } else {
      log.warn("{}: a message on {} was not taken: {}", owner, channel.label(), cause.getMessage());
      channel.fetch(1);
    }
  }
}
