package io.aiconexus.signaling;

import io.aiconexus.identity.Did;
import io.aiconexus.protocol.MessageType;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.Shareable;
import java.nio.charset.StandardCharsets;

/** Carries a {@link Delivery} over the event bus: by reference within a node, as lengths and UTF-8 between nodes. */
final class DeliveryCodec implements MessageCodec<Delivery, Delivery>, Shareable {

  private static final String REGISTERED = "aiconexus.signaling.codecs";

  /** Registers the codec once, however many instances ask for it. */
  static void register(Vertx vertx) {
    vertx.sharedData().<String, DeliveryCodec>getLocalMap(REGISTERED).computeIfAbsent("delivery", name -> {
      DeliveryCodec codec = new DeliveryCodec();
      vertx.eventBus().registerDefaultCodec(Delivery.class, codec);
      return codec;
    });
  }

  @Override
  public void encodeToWire(Buffer wire, Delivery delivery) {
    JsonObject head = new JsonObject().put("to", delivery.to().toString()).put("epoch", delivery.epoch())
      .put("from", delivery.from().toString()).put("id", delivery.id()).put("type", delivery.type().name());
    append(wire, head.encode());
    append(wire, delivery.text());
  }

  @Override
  public Delivery decodeFromWire(int at, Buffer wire) {
    int headLength = wire.getInt(at);
    JsonObject head = new JsonObject(string(wire, at));
    return new Delivery(Did.parse(head.getString("to")), head.getLong("epoch"), Did.parse(head.getString("from")),
      head.getString("id"), MessageType.valueOf(head.getString("type")), string(wire, at + Integer.BYTES + headLength));
  }

  @Override
  public Delivery transform(Delivery delivery) {
    return delivery;
  }

  @Override
  public String name() {
    return "aiconexus.signaling.delivery";
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  private static void append(Buffer wire, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    wire.appendInt(bytes.length).appendBytes(bytes);
  }

  private static String string(Buffer wire, int at) {
    int length = wire.getInt(at);
    return new String(wire.getBytes(at + Integer.BYTES, at + Integer.BYTES + length), StandardCharsets.UTF_8);
  }
}
