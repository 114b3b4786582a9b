package io.aiconexus.peer;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * One message of a data channel.
 *
 * @param data its bytes; of a text, UTF-8
 * @param binary whether it is bytes rather than text
 */
public record ChannelMessage(Buffer data, boolean binary) {

  /** The message as text. */
  public String text() {
    return data.toString(StandardCharsets.UTF_8);
  }
}
