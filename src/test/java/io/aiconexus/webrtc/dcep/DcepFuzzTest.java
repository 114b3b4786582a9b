package io.aiconexus.webrtc.dcep;

import io.aiconexus.webrtc.dcep.DcepMessage.Ack;
import io.aiconexus.webrtc.dcep.DcepMessage.Open;
import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DcepFuzzTest {
  private static final int LONGEST_MESSAGE = 1_000;
  private static final Mutator MUTATOR = Mutator.ofBytes(List.of(new Ack().encode(),
    new Open(ChannelType.RELIABLE, 256, 0, "chat", "").encode(),
    new Open(ChannelType.REXMIT_UNORDERED, 0, 3, "ch\u00e4t \ud83d\ude00", "ioap").encode(),
    new Open(ChannelType.TIMED, 65_535, 0xffff_ffffL, "", "x".repeat(300)).encode()));

  private MessageJoiner joiner = new MessageJoiner(LONGEST_MESSAGE);

  @Test
  void controlMessagesAreReadOrRefused() throws Exception {
    fuzzControl(100_000);
  }

  @Tag("long")
  @Test
  void controlMessagesInTheLongRunAreReadOrRefused() throws Exception {
    fuzzControl(Fuzz.LONG);
  }

  @Test
  void partsOfMessagesAreJoinedOrRefused() throws Exception {
    fuzzParts(100_000);
  }

  @Tag("long")
  @Test
  void partsOfMessagesInTheLongRunAreJoinedOrRefused() throws Exception {
    fuzzParts(Fuzz.LONG);
  }

  private static void fuzzControl(long inputs) throws Exception {
    Fuzz.Report report = new Fuzz("DCEP", DcepFuzzTest::next, DcepException.class, DcepFuzzTest::takes).run(inputs);
    report.assertMixed();
  }

  /** Often with a label as long as the message has room for. */
  private static byte[] next(SplittableRandom random) {
    byte[] bytes = MUTATOR.next(random);
    if (bytes.length >= 12 && random.nextBoolean()) {
      int label = bytes.length - 12 - ((bytes[10] & 0xff) << 8 | bytes[11] & 0xff);
      bytes[8] = (byte) (label >> 8);
      bytes[9] = (byte) label;
    }
    return bytes;
  }

  private static boolean takes(byte[] input) throws DcepException {
    DcepMessage message = DcepMessage.read(input);
    byte[] expected = message instanceof Ack ? new byte[] {DcepMessage.ACK} : input;
    if (!Arrays.equals(message.encode(), expected)) {
      throw new AssertionError("is read otherwise than it is written: " + message);
    }
    if (message instanceof Open open) {
      open.type().delivery(open.reliability());
    }
    return true;
  }

  private void fuzzParts(long inputs) throws Exception {
    Fuzz.Report report =
      new Fuzz("messages in parts", DcepFuzzTest::part, DcepException.class, this::joins).run(inputs);
    report.assertMixed();
  }

  /** The first byte says which payload protocol. */
  private static byte[] part(SplittableRandom random) {
    byte[] part = new byte[1 + random.nextInt(random.nextInt(50) == 0 ? 3_000 : 200)];
    part[0] = (byte) (random.nextInt(4) > 0 ? 52 : 50 + random.nextInt(8));
    return part;
  }

  private boolean joins(byte[] part) throws DcepException {
    Optional<Ppid> ppid = Ppid.of(part[0]);
    if (ppid.isEmpty()) {
      return false;
    }
    try {
      return joiner.add(ppid.get(), Arrays.copyOfRange(part, 1, part.length)).isPresent();
    } catch (DcepException refused) {
      joiner = new MessageJoiner(LONGEST_MESSAGE);
      throw refused;
    }
  }
}
