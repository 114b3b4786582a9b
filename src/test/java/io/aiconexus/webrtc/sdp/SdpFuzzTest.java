package io.aiconexus.webrtc.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SdpFuzzTest {
  private static final int ROUNDS = Integer.getInteger("aiconexus.fuzz.rounds", 100_000);
  private static final List<String> SEEDS = List.of(Samples.CHROMIUM, Samples.CHROMIUM_WITH_MEDIA, Samples.FIREFOX,
    Samples.LIBWEBRTC, Samples.PION, Samples.AIORTC, Samples.WERIFT);

  @Test
  void everyTextIsReadOrRefusedAndWhatIsReadCanBeWrittenAndAnswered() {
    Random random = new Random(20_260_103);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String text = mutated(random);
      try {
        SessionDescription description = SessionDescription.parse(text);
        SessionDescription again = SessionDescription.parse(description.text());
        assertThat(again.data().credentials()).isEqualTo(description.data().credentials());
        assertThat(again.sections()).hasSameSizeAs(description.sections());
        DataSection data = description.data();
        DataSection ours = DataSection.of("x", data.credentials(), data.sha256(), data.setup().answer(), 0,
          data.candidates(), false);
        SessionDescription.parse(description.answer(1, 1, ours).text());
        read++;
      } catch (SdpException refused) {
        assertThat(refused).hasMessageStartingWith("sdp");
      }
    }
    assertThat(read).isBetween(ROUNDS / 20, ROUNDS - 1);
  }

  private static String mutated(Random random) {
    List<String> lines = new ArrayList<>(Arrays.asList(pick(SEEDS, random).split("\r\n")));
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      int at = random.nextInt(lines.size());
      switch (random.nextInt(6)) {
        case 0 -> lines.remove(at);
        case 1 -> lines.add(at, pick(Arrays.asList(pick(SEEDS, random).split("\r\n")), random));
        case 2 -> lines.set(at, changed(lines.get(at), random));
        case 3 -> lines.add(random.nextInt(lines.size()), lines.get(at));
        case 4 -> lines.set(at, lines.get(at).substring(0, random.nextInt(lines.get(at).length() + 1)));
        default -> lines.set(at, lines.get(at) + lines.get(random.nextInt(lines.size())));
      }
      if (lines.isEmpty()) {
        return "";
      }
    }
    return String.join(random.nextBoolean() ? "\r\n" : "\n", lines);
  }

  private static String changed(String line, Random random) {
    StringBuilder text = new StringBuilder(line);
    if (text.length() > 0) {
      text.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(20) == 0 ? random.nextInt(0x10000)
        : random.nextInt(128)));
    }
    return text.toString();
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
