package io.aiconexus.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.identity.AgentKey;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A WebSocket client by hand that reads only when told to, and never answers a ping. */
final class RawSocket {

  private static final int TEXT = 1;
  private static final int CLOSE = 8;

  private final Socket socket;
  private final DataInputStream in;

  private RawSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
  }

  static RawSocket join(int port, AgentKey key) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(8 * 1024);
    socket.connect(new java.net.InetSocketAddress("127.0.0.1", port));
    socket.setSoTimeout(10_000);
    RawSocket raw = new RawSocket(socket);
    raw.write(("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Version: 13\r\n"
      + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: ioap.v1\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII));
    raw.skipHead();
    JsonObject challenge = raw.nextText("CHALLENGE");
    raw.sendText(Wire.message(key, challenge.getString("from"), "REGISTER", new JsonObject()
      .put("nonce", challenge.getJsonObject("payload").getString("nonce")).put("audience", "127.0.0.1:" + port)
      .put("public_key", key.did().publicKeyBase58())).encode());
    raw.nextText("REGISTERED");
    return raw;
  }

  /** The next text frame, pings passed over. */
  JsonObject nextText(String type) throws IOException {
    JsonObject message = new JsonObject(new String(next(TEXT), StandardCharsets.UTF_8));
    assertThat(message.getString("type")).isEqualTo(type);
    return message;
  }

  int closeCode() throws IOException {
    byte[] payload = next(CLOSE);
    return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
  }

  void close() throws IOException {
    socket.close();
  }

  private byte[] next(int opcode) throws IOException {
    while (true) {
      int first = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      if (length == 126) {
        length = in.readUnsignedShort();
      } else if (length == 127) {
        length = (int) in.readLong();
      }
      byte[] payload = in.readNBytes(length);
      if ((first & 0xf) == opcode) {
        return payload;
      }
    }
  }

  private void sendText(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] head = {(byte) 0x81, (byte) (0x80 | 126), (byte) (bytes.length >> 8), (byte) bytes.length, 0, 0, 0, 0};
    write(head);
    write(bytes);
  }

  private void write(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  private void skipHead() throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int c = in.readUnsignedByte();
      newlines = c == '\n' ? newlines + 1 : c == '\r' ? newlines : 0;
    }
  }
}
