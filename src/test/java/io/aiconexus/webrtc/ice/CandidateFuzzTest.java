package io.aiconexus.webrtc.ice;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CandidateFuzzTest {
  private static final Mutator MUTATOR = Mutator.ofText(List.of(
    "candidate:1467250027 1 udp 2122260223 192.168.0.196 46243 typ host generation 0 ufrag EsAw network-id 1",
    "candidate:842163049 1 udp 1677729535 203.0.113.7 46243 typ srflx raddr 192.168.0.196 rport 46243 generation 0",
    "candidate:0 1 tcp 2122252543 2001:db8::7 58000 typ host tcptype passive",
    "candidate:2 1 udp 1 ::ffff:192.0.2.1 9 typ relay raddr 64:ff9b::192.0.2.33 rport 0",
    "candidate:1 1 udp 2113937151 5e3f0c1c-6d0e-4b3b-8f6a-0f1d2c3b4a59.local 51472 typ host"), ' ');

  @Test
  void everyLineIsReadOrRefusedAndWhatIsReadCanBeWritten() throws Exception {
    fuzz(100_000);
  }

  @Tag("long")
  @Test
  void inTheLongRunEveryLineIsReadOrRefused() throws Exception {
    fuzz(Fuzz.LONG);
  }

  private static void fuzz(long inputs) throws Exception {
    Fuzz.Report report =
      new Fuzz("ICE candidate", MUTATOR::next, CandidateException.class, CandidateFuzzTest::takes)
        .allocating(16 * 1024, 100).run(inputs);
    report.assertMixed();
  }

  private static boolean takes(byte[] input) {
    Candidate candidate = Candidate.parse(new String(input, StandardCharsets.UTF_8));
    if (!Candidate.parse(candidate.line()).equals(candidate)) {
      throw new AssertionError("is read otherwise than it is written: " + candidate.line());
    }
    return true;
  }
}
