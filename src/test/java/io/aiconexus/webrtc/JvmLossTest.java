package io.aiconexus.webrtc;

import static io.aiconexus.webrtc.EngineUnderTest.closeAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.aiconexus.webrtc.jvm.JvmOptions;
import io.aiconexus.webrtc.jvm.Weather;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Five datagrams of a hundred are lost and five come late, on the way out of both ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JvmLossTest {

  private final Weather weather = new Weather(0.05, 0.05, 7);
  private Vertx vertx;
  private Engine engine;

  @BeforeAll
  void start() {
    vertx = Vertx.vertx();
    engine = End.await(weather.engine(vertx, JvmOptions.DEFAULTS));
  }

  @AfterAll
  void stop() {
    End.await(engine.close());
    End.await(vertx.close());
  }

  private Ear[] open(DataChannelOptions options) {
    End[] ends = End.pair(vertx, engine, engine);
    Ear here = ends[0].channel("data", options);
    ends[0].connect();
    here.open();
    return new Ear[] {here, End.next(ends[1].incoming).open()};
  }

  @Test
  void everyConnectionComesUp() {
    for (int i = 0; i < 10; i++) {
      Ear[] ears = open(DataChannelOptions.DEFAULTS);
      ears[0].say("hello");
      assertThat(ears[1].hear().text()).isEqualTo("hello");
      closeAll(ears);
    }
  }

  @Test
  void everyByteArrivesInOrderBothWays() {
    Ear[] ears = open(DataChannelOptions.DEFAULTS);
    List<Future<Void>> sent = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      sent.add(ears[0].send(random(i), true));
      sent.add(ears[1].send(random(1_000 + i), true));
    }

    End.await(Future.all(sent));
    for (int i = 0; i < 60; i++) {
      assertThat(ears[1].hear().data()).isEqualTo(random(i));
      assertThat(ears[0].hear().data()).isEqualTo(random(1_000 + i));
    }
    assertThat(weather.lost()).isPositive();
    closeAll(ears);
  }

  @Test
  void whatIsReliableAndUnorderedArrivesOnceEach() {
    Ear[] ears = open(new DataChannelOptions(false, null, null, "", false, null));
    Set<String> expected = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      expected.add("message " + i);
      ears[0].say("message " + i);
    }

    Set<String> heard = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      assertThat(heard.add(ears[1].hear().text())).isTrue();
    }
    assertThat(heard).isEqualTo(expected);
    closeAll(ears);
  }

  @Test
  void whatMayBeLostDoesNotHoldUpWhatComesAfter() {
    Ear[] ears = open(new DataChannelOptions(true, 0, null, "", false, null));
    for (int i = 0; i < 1_000; i++) {
      ears[0].say("a".repeat(1_000) + i);
    }
    ears[0].run(DataChannel::close);

    End.next(ears[1].closed);
    int last = -1;
    for (Ear.Heard heard : ears[1].messages) {
      int number = Integer.parseInt(heard.text().substring(1_000));
      assertThat(number).isGreaterThan(last);
      last = number;
    }
    assertThat(ears[1].messages.size()).isBetween(500, 999);
    closeAll(ears);
  }

  private static Buffer random(long seed) {
    byte[] bytes = new byte[10_000 + (int) seed * 97 % 50_000];
    new Random(seed).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }
}
