package io.aiconexus.bench;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Signatures;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** One agent of the load: a WebSocket by hand on a plain channel, so that the load costs less than what it measures. */
final class RelayClient {

  /** With more ports of one address in use, looking for a free one is what takes the system's time. */
  private static final int PER_ADDRESS = 4_000;
  private static final AtomicInteger JOINED = new AtomicInteger();
  private static final int MASK = 0x37fa213d;
  private static final int HEAD_BYTES = 1024;
  private static final int READ_BYTES = 32 * 1024;

  private final AgentKey key;
  final SocketChannel channel;
  private String gateway;
  private ByteBuffer in;

  private RelayClient(AgentKey key, SocketChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /** Connects and registers, blocking. */
  static RelayClient join(String kind, int port, AgentKey key) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.bind(new InetSocketAddress("127.0.0." + (2 + JOINED.getAndIncrement() / PER_ADDRESS), 0));
    channel.connect(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    RelayClient client = new RelayClient(key, channel);
    client.write(ByteBuffer.wrap(("GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII)));
    DataInputStream blocking = new DataInputStream(
      new BufferedInputStream(channel.socket().getInputStream(), HEAD_BYTES));
    skipHead(blocking);
    if (kind.equals("bare")) {
      client.write(frame(new JsonObject().put("from", client.did()).put("to", "").encode()));
    } else {
      JsonObject challenge = read(blocking);
      client.gateway = challenge.getString("from");
      client.write(frame(client.message(client.gateway, "REGISTER", new JsonObject()
        .put("nonce", challenge.getJsonObject("payload").getString("nonce")).put("audience", "127.0.0.1:" + port)
        .put("public_key", client.key.did().publicKeyBase58()))));
    }
    String type = read(blocking).getString("type");
    if (!type.equals("REGISTERED")) {
      throw new IOException("not registered but " + type);
    }
    return client;
  }

  /** Ends the session as an agent does that will not come back. */
  void leave() throws IOException {
    if (gateway != null) {
      write(frame(message(gateway, "UNREGISTER", new JsonObject())));
    }
    channel.close();
  }

  String did() {
    return key.did().toString();
  }

  String message(String to, String type, JsonObject payload) {
    return Signatures.sign(new JsonObject().put("id", UUID.randomUUID().toString())
      .put("timestamp", Instant.now().toString())
      .put("from", did()).put("to", to).put("type", type).put("payload", payload).put("version", "1.0"), key).encode();
  }

  /** A masked text frame; the same bytes can be sent any number of times. */
  static ByteBuffer frame(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocateDirect(bytes.length + 8).put((byte) 0x81);
    if (bytes.length < 126) {
      frame.put((byte) (0x80 | bytes.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) bytes.length);
    }
    frame.putInt(MASK);
    for (int i = 0; i < bytes.length; i++) {
      frame.put((byte) (bytes[i] ^ MASK >> 24 - 8 * (i & 3)));
    }
    return frame.flip();
  }

  void write(ByteBuffer frame) throws IOException {
    ByteBuffer copy = frame.duplicate();
    while (copy.hasRemaining()) {
      channel.write(copy);
    }
  }

  /** Reads what is there and gives how many text frames it completed. */
  int readFrames() throws IOException {
    if (in == null) {
      in = ByteBuffer.allocate(READ_BYTES);
    }
    if (channel.read(in) < 0) {
      throw new IOException("the server closed a connection");
    }
    in.flip();
    int frames = 0;
    while (true) {
      int length = frameLength();
      if (length < 0 || in.remaining() < length) {
        break;
      }
      if ((in.get(in.position()) & 0xf) == 1) {
        frames++;
      }
      in.position(in.position() + length);
    }
    in.compact();
    return frames;
  }

  private int frameLength() {
    if (in.remaining() < 4) {
      return in.remaining() >= 2 && in.get(in.position() + 1) < 126 && in.get(in.position() + 1) >= 0
        ? 2 + in.get(in.position() + 1) : -1;
    }
    int length = in.get(in.position() + 1) & 0x7f;
    return length < 126 ? 2 + length : 4 + (in.getShort(in.position() + 2) & 0xffff);
  }

  private static JsonObject read(DataInputStream in) throws IOException {
    in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    return new JsonObject(new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static void skipHead(DataInputStream in) throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int c = in.readUnsignedByte();
      newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
    }
  }
}
