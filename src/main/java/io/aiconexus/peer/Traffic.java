package io.aiconexus.peer;

import io.vertx.core.json.JsonObject;

/** Counts the channel messages of one agent where they pass; summed up for the metrics once a second. One context. */
final class Traffic {

  private long messagesSent;
  private long messagesReceived;
  private long bytesSent;
  private long bytesReceived;

  void sent(int bytes) {
    messagesSent++;
    bytesSent += bytes;
  }

  void received(int bytes) {
    messagesReceived++;
    bytesReceived += bytes;
  }

  /** What was counted since the last call, or null when nothing was. */
  JsonObject take() {
    if (messagesSent + messagesReceived == 0) {
      return null;
    }
    JsonObject sum = new JsonObject().put("messages_sent", messagesSent).put("messages_received", messagesReceived)
      .put("bytes_sent", bytesSent).put("bytes_received", bytesReceived);
    messagesSent = 0;
    messagesReceived = 0;
    bytesSent = 0;
    bytesReceived = 0;
    return sum;
  }
}
