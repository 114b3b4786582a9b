package io.aiconexus.webrtc;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;

/** A channel under test, and everything it heard. */
final class Ear implements DataChannelListener {

  /** What stands for a close without a reason. */
  static final String ASKED = "(asked)";

  record Heard(Buffer data, boolean binary) {
    String text() {
      return data.toString(StandardCharsets.UTF_8);
    }
  }

  final End end;
  final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
  final BlockingQueue<Heard> messages = new LinkedBlockingQueue<>();
  final BlockingQueue<String> lows = new LinkedBlockingQueue<>();
  final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
  DataChannel channel;
  /** Called on the context with each message before it is kept. */
  Consumer<Heard> first = heard -> { };

  Ear(End end) {
    this.end = end;
  }

  Ear open() {
    End.next(opened);
    return this;
  }

  void say(String text) {
    End.await(send(Buffer.buffer(text), false));
  }

  Future<Void> send(Buffer data, boolean binary) {
    return end.on(() -> channel.send(data, binary));
  }

  Heard hear() {
    return End.next(messages);
  }

  <T> T look(Function<DataChannel, T> question) {
    return End.await(end.on(() -> Future.succeededFuture(question.apply(channel))));
  }

  void run(Consumer<DataChannel> command) {
    look(to -> {
      command.accept(to);
      return null;
    });
  }

  @Override
  public void onOpen() {
    opened.add("open");
  }

  @Override
  public void onMessage(Buffer data, boolean binary) {
    Heard heard = new Heard(data, binary);
    first.accept(heard);
    messages.add(heard);
  }

  @Override
  public void onBufferedAmountLow() {
    lows.add("low");
  }

  @Override
  public void onClose(String reason) {
    closed.add(reason == null ? ASKED : reason);
  }
}
