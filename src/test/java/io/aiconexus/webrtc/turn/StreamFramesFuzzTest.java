package io.aiconexus.webrtc.turn;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import io.aiconexus.webrtc.stun.StunAttribute;
import io.aiconexus.webrtc.stun.StunBuilder;
import io.aiconexus.webrtc.stun.StunMethod;
import io.aiconexus.webrtc.stun.TransactionId;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stream of a TURN server over TCP, damaged, in pieces of different lengths. */
class StreamFramesFuzzTest {
  private static final int[] PIECES = {1, 3, 10, 100, 1_000, 100_000};
  private static final Mutator MUTATOR = Mutator.ofBytes(List.of(indication(5), indication(40),
    ChannelData.packet(0x4000, new byte[0], true), ChannelData.packet(0x4001, new byte[13], true),
    ChannelData.packet(0x4fff, new byte[500], true)));

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
    // Byte by byte, each one costs three views of a buffer.
    Fuzz.Report report = new Fuzz("TURN stream", MUTATOR::next, FrameException.class, StreamFramesFuzzTest::takes)
      .allocating(16 * 1024, 256).run(inputs);
    report.assertMixed();
  }

  private static byte[] indication(int length) {
    return StunBuilder.indication(StunMethod.DATA, new TransactionId(1, 2))
      .bytes(StunAttribute.DATA, new byte[length]).build();
  }

  private static boolean takes(byte[] stream) throws FrameException {
    StreamFrames frames = new StreamFrames();
    int[] given = new int[1];
    int piece = PIECES[stream.length % PIECES.length];
    for (int at = 0; at < stream.length; at += piece) {
      frames.receive(ByteBuffer.wrap(stream, at, Math.min(piece, stream.length - at)),
        packet -> given[0] += packet.remaining());
    }
    if (given[0] > stream.length) {
      throw new AssertionError("gave out " + given[0] + " bytes of " + stream.length);
    }
    return given[0] > 0;
  }
}
