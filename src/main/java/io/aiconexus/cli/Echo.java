package io.aiconexus.cli;

import io.aiconexus.peer.Channel;
import io.aiconexus.peer.ChannelMessage;

/** Sends everything that arrives on a channel back on it, at the pace of whoever reads it. */
final class Echo {

  private final Channel channel;

  private Echo(Channel channel) {
    this.channel = channel;
  }

  static void back(Channel channel) {
    Echo echo = new Echo(channel);
    channel.drainHandler(drained -> channel.resume());
    channel.messageHandler(echo::answer);
  }

  private void answer(ChannelMessage message) {
    if (message.binary()) {
      channel.write(message.data());
    } else {
      channel.writeText(message.text());
    }
    if (channel.writeQueueFull()) {
      channel.pause();
    }
  }
}
