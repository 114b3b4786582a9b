package io.aiconexus.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidateFuzzTest {
  private static final int ROUNDS = Integer.getInteger("aiconexus.fuzz.rounds", 100_000);
  private static final String ALPHABET = "candidate: udptcp0123456789.:af-%\0\t\n\u00e4\ud83d\ude00hostyp";
  private static final List<String> SEEDS = List.of(
    "candidate:1467250027 1 udp 2122260223 192.168.0.196 46243 typ host generation 0 ufrag EsAw network-id 1",
    "candidate:842163049 1 udp 1677729535 203.0.113.7 46243 typ srflx raddr 192.168.0.196 rport 46243 generation 0",
    "candidate:0 1 tcp 2122252543 2001:db8::7 58000 typ host tcptype passive",
    "candidate:1 1 udp 2113937151 5e3f0c1c-6d0e-4b3b-8f6a-0f1d2c3b4a59.local 51472 typ host");

  @Test
  void everyLineIsReadOrRefusedAndWhatIsReadCanBeWritten() {
    Random random = new Random(20_260_102);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String line = mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
      try {
        Candidate candidate = Candidate.parse(line);
        assertThat(Candidate.parse(candidate.line())).as(line).isEqualTo(candidate);
        read++;
      } catch (CandidateException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
    assertThat(read).isBetween(ROUNDS / 100, ROUNDS - 1);
  }

  private static String mutated(String seed, Random random) {
    StringBuilder line = new StringBuilder(seed);
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      int at = random.nextInt(line.length());
      switch (random.nextInt(5)) {
        case 0 -> line.setCharAt(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        case 1 -> line.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        case 2 -> line.deleteCharAt(at);
        case 3 -> line.insert(at, seed, random.nextInt(seed.length() / 2), seed.length() / 2);
        default -> line.setCharAt(at, (char) ('0' + random.nextInt(10)));
      }
    }
    return line.toString();
  }
}
