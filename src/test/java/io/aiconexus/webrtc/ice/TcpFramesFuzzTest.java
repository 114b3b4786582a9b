package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a passive end may send over TCP, damaged, in pieces of different lengths. */
class TcpFramesFuzzTest {
  private static final int[] PIECES = {1, 3, 10, 100, 1_000, 100_000};
  private static final Mutator MUTATOR = Mutator.ofBytes(List.of(frame(new byte[0]), frame(new byte[] {22, 1, 2}),
    frame(StunBuilder.request(StunMethod.BINDING, new TransactionId(1, 2)).build()), frame(new byte[1_200]),
    frame(new byte[TcpFrames.LONGEST])));

  @Test
  void everyStreamIsCutOrRefused() throws Exception {
    fuzz(50_000);
  }

  @Tag("long")
  @Test
  void inTheLongRunEveryStreamIsCutOrRefused() throws Exception {
    fuzz(Fuzz.LONG);
  }

  private static void fuzz(long inputs) throws Exception {
    // Each packet costs a view of it, and the shortest has three bytes with its length.
    Fuzz.Report report = new Fuzz("ICE over TCP: the stream", MUTATOR::next, ProtocolException.class,
      TcpFramesFuzzTest::takes).allocating(16 * 1024, 32).run(inputs);
    report.assertMixed();
  }

  private static byte[] frame(byte[] packet) {
    return ByteBuffer.allocate(TcpFrames.HEADER + packet.length).putShort((short) packet.length).put(packet).array();
  }

  private static boolean takes(byte[] stream) throws ProtocolException {
    TcpFrames frames = new TcpFrames();
    int[] given = new int[1];
    int piece = PIECES[stream.length % PIECES.length];
    ByteBuffer bytes = ByteBuffer.wrap(stream);
    for (int at = 0; at < stream.length; at += piece) {
      frames.receive(bytes.limit(Math.min(at + piece, stream.length)), packet -> {
        if (packet.remaining() == 0 || packet.remaining() > TcpFrames.LONGEST) {
          throw new AssertionError("gave out a packet of " + packet.remaining() + " bytes");
        }
        given[0] += TcpFrames.HEADER + packet.remaining();
      });
    }
    if (given[0] > stream.length) {
      throw new AssertionError("gave out " + given[0] + " bytes of " + stream.length);
    }
    return given[0] > 0;
  }
}
