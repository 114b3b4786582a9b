package io.aiconexus.bench;

import io.aiconexus.identity.AgentKey;
import io.aiconexus.identity.Did;
import io.aiconexus.protocol.Envelope;
import io.aiconexus.protocol.Messages;
import io.aiconexus.protocol.Offer;
import io.aiconexus.protocol.Ping;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one message costs in the codec alone: reading its envelope (small, and with an SDP of 2.2 KB), parsing the same
 * into a JsonObject to compare with, writing, signing, verifying.
 * <p>
 * Run with {@code java -cp <test class path> org.openjdk.jmh.Main EnvelopeBench}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class EnvelopeBench {

  private static final int SDP_BYTES = 1_600;

  private final AgentKey ann = AgentKey.ofSeed(Arrays.copyOf(new byte[] {1}, 32));
  private final AgentKey bob = AgentKey.ofSeed(Arrays.copyOf(new byte[] {2}, 32));
  private final Did gateway = AgentKey.ofSeed(Arrays.copyOf(new byte[] {3}, 32)).did();
  private final Offer offer = new Offer("c-1",
    "a=candidate:1 1 udp 2130706431 192.0.2.1 50000 typ host\r\n".repeat(SDP_BYTES / 56));
  private final String did = ann.did().toString();
  private final String small = Messages.signed(ann, bob.did(), new Ping(7L), Messages.newId(), null,
    1_769_860_800_123L);
  private final String large = Messages.signed(ann, bob.did(), offer, Messages.newId(), null, 1_769_860_800_123L);

  /** Reads the envelope of a PING. */
  @Benchmark
  public Envelope readSmall() {
    return Envelope.read(small);
  }

  /** Reads the envelope of an OFFER. */
  @Benchmark
  public Envelope readLarge() {
    return Envelope.read(large);
  }

  /** Parses a PING into a tree. */
  @Benchmark
  public JsonObject parseSmall() {
    return new JsonObject(small);
  }

  /** Parses an OFFER into a tree. */
  @Benchmark
  public JsonObject parseLarge() {
    return new JsonObject(large);
  }

  /** Reads one DID. */
  @Benchmark
  public Did readDid() {
    return Did.parse(did);
  }

  /** Writes an OFFER without signing it. */
  @Benchmark
  public String writeLarge() {
    return Messages.fromGateway(gateway, bob.did(), offer, null, 1_769_860_800_123L);
  }

  /** Writes and signs an OFFER. */
  @Benchmark
  public String signLarge() {
    return Messages.signed(ann, bob.did(), offer, "m-1", null, 1_769_860_800_123L);
  }

  /** Reads and verifies an OFFER. */
  @Benchmark
  public boolean verifyLarge() {
    return Envelope.read(large).verifies();
  }
}
