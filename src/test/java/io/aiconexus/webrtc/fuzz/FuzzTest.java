package io.aiconexus.webrtc.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class FuzzTest {
  private final Mutator mutator = Mutator.ofBytes(List.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
  private byte[] kept;

  private void run(Fuzz.Target target) throws Exception {
    new Fuzz("harness", mutator::next, IOException.class, target).run(100);
  }

  @Test
  void theSameSeedGivesTheSameInputs() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(mutator.next(new SplittableRandom(i))).isEqualTo(mutator.next(new SplittableRandom(i)));
    }
  }

  @Test
  void aRefusalIsFine() throws Exception {
    run(input -> {
      throw new IOException("refused");
    });
  }

  @Test
  void anyOtherExceptionIsNot() {
    assertThatThrownBy(() -> run(input -> input[1_000_000] == 0))
      .hasMessageContaining("harness, input 0 of -Dfuzz.seed=").hasMessageContaining("ArrayIndexOutOfBounds");
  }

  @Test
  void tooMuchMemoryIsNot() {
    assertThatThrownBy(() -> run(input -> (kept = new byte[100_000]).length > 0)).hasMessageContaining("allocates 100");
    assertThat(kept).isNotNull();
  }

  @Test
  void aLoopIsNot() {
    AtomicBoolean over = new AtomicBoolean();
    assertThatThrownBy(() -> run(input -> {
      while (!over.get()) {
        Thread.onSpinWait();
      }
      return true;
    })).hasMessageContaining("takes more than a second");
    over.set(true);
  }
}
