package io.aiconexus.webrtc.sdp;

import io.aiconexus.webrtc.fuzz.Fuzz;
import io.aiconexus.webrtc.fuzz.Mutator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SdpFuzzTest {
  private static final Mutator MUTATOR = Mutator.ofText(List.of(Samples.CHROMIUM, Samples.CHROMIUM_WITH_MEDIA,
    Samples.FIREFOX, Samples.LIBWEBRTC, Samples.PION, Samples.AIORTC, Samples.AIORTC_OFFER, Samples.WERIFT), '\n');

  @Test
  void everyTextIsReadOrRefusedAndWhatIsReadCanBeWrittenAndAnswered() throws Exception {
    fuzz(10_000);
  }

  @Tag("long")
  @Test
  void inTheLongRunEveryTextIsReadOrRefused() throws Exception {
    fuzz(Fuzz.LONG);
  }

  private static void fuzz(long inputs) throws Exception {
    // A description is read three times and written twice, and a candidate of 100 characters becomes a dozen objects.
    Fuzz.Report report = new Fuzz("SDP", MUTATOR::next, SdpException.class, SdpFuzzTest::takes)
      .allocating(256 * 1024, 400).run(inputs);
    report.assertMixed();
  }

  private static boolean takes(byte[] input) {
    SessionDescription description = SessionDescription.parse(new String(input, StandardCharsets.UTF_8));
    DataSection data = description.data();
    try {
      SessionDescription again = SessionDescription.parse(description.text());
      DataSection ours = DataSection.of("x", data.credentials(), data.sha256(), data.setup().answer(), 0,
        data.candidates(), false);
      SessionDescription.parse(description.answer(1, 1, ours).text());
      if (!again.data().credentials().equals(data.credentials())
          || again.sections().size() != description.sections().size()) {
        throw new AssertionError("is read otherwise than it is written");
      }
    } catch (SdpException ours) {
      throw new AssertionError("what was read is refused once it is written", ours);
    }
    return true;
  }
}
