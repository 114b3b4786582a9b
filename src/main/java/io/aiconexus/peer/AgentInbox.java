package io.aiconexus.peer;

import io.aiconexus.bus.Addresses;
import io.aiconexus.identity.Did;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what arrives on channels to the application's inbox address, one event-bus message each.
 * <p>
 * A reply is the credit for one more. While nobody is there, the channel waits and the other end is slowed down; the
 * first message goes alone until somebody has taken it, so that order holds for a reader that comes late. A message
 * whose reader failed or did not reply in time counts as delivered once and is not sent again.
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
    Feed feed = new Feed(channel);
    channel.pause();
    channel.messageHandler(feed::onMessage);
    channel.fetch(window);
  }

  /** One channel's way to the inbox. */
  private final class Feed {

    private final Channel channel;
    /** What was read from the channel and is not under way, by its number. */
    private final TreeMap<Long, ChannelMessage> unsent = new TreeMap<>();
    private long count;
    private boolean alone = true;
    private boolean probing;

    Feed(Channel channel) {
      this.channel = channel;
    }

    void onMessage(ChannelMessage message) {
      unsent.put(count++, message);
      pump();
    }

    private void pump() {
      if (alone && !probing && !unsent.isEmpty()) {
        probing = true;
        sendFirst();
      }
      while (!alone && !unsent.isEmpty()) {
        sendFirst();
      }
    }

    private void sendFirst() {
      long number = unsent.firstKey();
      ChannelMessage message = unsent.remove(number);
      DeliveryOptions options = new DeliveryOptions().setSendTimeout(REPLY_TIMEOUT_MS)
        .addHeader("from", channel.link().remote().toString())
        .addHeader("channel", channel.label())
        .addHeader("link", channel.connectionId());
      Object body = message.binary() ? message.data() : message.text();
      vertx.eventBus().request(Addresses.peerInbox(owner), body, options).onComplete(
        taken -> onTaken(),
        cause -> onFailure(number, message, cause));
    }

    private void onTaken() {
      alone = false;
      probing = false;
      pump();
      channel.fetch(1);
    }

    private void onFailure(long number, ChannelMessage message, Throwable cause) {
      boolean nobody = cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
      if (!nobody || !channel.isOpen()) {
        log.warn("{}: a message on {} was not taken: {}", owner, channel.label(), cause.getMessage());
        onTaken();
        return;
      }
      unsent.put(number, message);
      if (!alone || probing) {
        alone = true;
        probing = true;
        log.debug("{}: nobody reads {}, a message waits", owner, Addresses.peerInbox(owner));
        waitForSomebody();
      }
    }

    private void waitForSomebody() {
      vertx.setTimer(NOBODY_THERE_MS, again -> {
        probing = false;
        pump();
      });
    }
  }
}
