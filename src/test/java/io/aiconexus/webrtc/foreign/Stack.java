package io.aiconexus.webrtc.foreign;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.aiconexus.webrtc.Engine;
import io.aiconexus.webrtc.Engines;
import io.aiconexus.webrtc.NativeOptions;
import io.aiconexus.webrtc.WebrtcOptions;
import io.aiconexus.webrtc.jvm.JvmOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The WebRTC stacks that ours must work with: how each is started, how long messages may be, and what it cannot do. */
public enum Stack {

  NATIVE("native", "libwebrtc", Longest.OURS, Map.of()) {
    @Override
    boolean isHere() {
      return !"off".equals(System.getProperty("aiconexus.test.native"));
    }

    @Override
    public Engine open(Vertx vertx) throws Exception {
      return Engines.choose(vertx, new WebrtcOptions("native", NativeOptions.DEFAULTS, JvmOptions.DEFAULTS, List.of(),
        "all")).await(Program.PATIENCE, SECONDS);
    }
  },

  CHROMIUM("chromium", "chromium (Debian: chromium)", Longest.OURS, Map.of()) {
    @Override
    boolean isHere() {
      return find("chromium").isPresent();
    }

    @Override
    Program start(Vertx vertx, Consumer<JsonObject> hear) throws Exception {
      return Browser.start(vertx, find("chromium").orElseThrow(), CLIENTS, hear);
    }
  },

  WERIFT("werift", Needs.NPM, 65_536, Map.of(
    Ability.CLIENT_WHEN_OFFERING, "werift 0.24 numbers its channels by its ICE role, not by its DTLS role (RFC 8832)",
    Ability.OPTIONS_OF_ITS_OWN, "werift 0.24 announces unordered channels with a limit as ordered",
    Ability.EMPTY_MESSAGES, "werift 0.24 sends nothing for an empty message",
    Ability.ICE_RESTART, "a restart with werift 0.24 sometimes comes to nothing",
    Ability.REUSED_STREAMS, "werift 0.24 closes a channel again when its reset is answered, even if it is the next one",
    Ability.GOODBYE, "werift 0.24 closes its sockets before it says goodbye")) {
    @Override
    boolean isHere() {
      return hasModule("werift");
    }

    @Override
    Program start(Vertx vertx, Consumer<JsonObject> hear) throws IOException {
      return node("werift.mjs", hear);
    }
  },

  WRTC("@roamhq/wrtc", Needs.NPM, Longest.OURS, Map.of()) {
    @Override
    boolean isHere() {
      return hasModule("@roamhq/wrtc");
    }

    @Override
    Program start(Vertx vertx, Consumer<JsonObject> hear) throws IOException {
      return node("wrtc.mjs", hear);
    }
  },

  NODE_DATACHANNEL("node-datachannel", Needs.NPM, Longest.OURS, Map.of(
    Ability.ICE_RESTART, "libdatachannel has no ICE restart",
    Ability.OPTIONS_OF_THE_OTHER_END, "node-datachannel 0.33 does not tell them")) {
    @Override
    boolean isHere() {
      return hasModule("node-datachannel");
    }

    @Override
    Program start(Vertx vertx, Consumer<JsonObject> hear) throws IOException {
      return node("node-datachannel.mjs", hear);
    }
  },

  AIORTC("aiortc", "aiortc (Debian: python3-aiortc)", 65_536, Map.of(
    Ability.CLIENT_WHEN_OFFERING, "aiortc 1.4 numbers its channels by its ICE role, not by its DTLS role (RFC 8832)",
    Ability.SERVER_WHEN_ANSWERING, "aiortc 1.4 takes no offer but setup:actpass",
    Ability.ICE_RESTART, "aiortc 1.4 has no ICE restart")) {
    @Override
    boolean isHere() {
      return Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/aiortc"));
    }

    @Override
    Program start(Vertx vertx, Consumer<JsonObject> hear) throws IOException {
      return StandardStreams.start(List.of("/usr/bin/python3", CLIENTS.resolve("aiortc/peer.py").toString()), hear);
    }
  },

  PION("pion", "pion (Debian: golang-go golang-github-pion-webrtc.v3-dev)", 65_535, Map.of(
    Ability.SERVER_WHEN_ANSWERING, "pion 3.1 answers setup:active to setup:active, so that both wait")) {
    @Override
    boolean isHere() {
      return find("go").isPresent() && Files.isDirectory(Path.of(GO_PATH, "src/github.com/pion/webrtc"));
    }

    @Override
    Program start(Vertx vertx, Consumer<JsonObject> hear) throws Exception {
      return StandardStreams.start(List.of(build().toString()), hear);
    }
  };

  private static final Path CLIENTS = Path.of("src/test/clients").toAbsolutePath();
  private static final String GO_PATH = "/usr/share/gocode";
  private static final int BUILD_PATIENCE = 300;

  private final String title;
  private final String needs;
  private final int longest;
  private final Map<Ability, String> limits;

  Stack(String title, String needs, int longest, Map<Ability, String> limits) {
    this.title = title;
    this.needs = needs;
    this.longest = longest;
    this.limits = limits;
  }

  /** Whether everything that it needs is on this machine. */
  abstract boolean isHere();

  Program start(Vertx vertx, Consumer<JsonObject> hear) throws Exception {
    throw new UnsupportedOperationException(this + " is no program of its own");
  }

  /** The longest message that it takes, in bytes. */
  public int longest() {
    return longest;
  }

  /** The longest message that it sends, in bytes. */
  public int longestSent() {
    return this == PION ? longest : Longest.OURS;
  }

  /** Why it cannot do that, or nothing when it can. */
  public Optional<String> limit(Ability ability) {
    return Optional.ofNullable(limits.get(ability));
  }

  /** What is missing here to run it, or nothing. */
  public Optional<String> missing() {
    return isHere() ? Optional.empty() : Optional.of("not run: it needs " + needs + "; ./aiconexus test installs it");
  }

  /** Starts it. */
  public Engine open(Vertx vertx) throws Exception {
    return ForeignEngine.start(vertx, this);
  }

  @Override
  public String toString() {
    return title;
  }

  private static boolean hasModule(String name) {
    return find("node").isPresent() && Files.isDirectory(CLIENTS.resolve("node/node_modules").resolve(name));
  }

  private static StandardStreams node(String script, Consumer<JsonObject> hear) throws IOException {
    return StandardStreams.start(List.of("node", CLIENTS.resolve("node").resolve(script).toString()), hear);
  }

  /** Takes seconds the first time, then next to nothing: Go keeps what it built. */
  private static Path build() throws Exception {
    Path program = Path.of("target", "pion-peer").toAbsolutePath();
    ProcessBuilder builder = new ProcessBuilder("go", "build", "-o", program.toString(),
      CLIENTS.resolve("pion/peer.go").toString()).inheritIO();
    builder.environment().putAll(Map.of("GO111MODULE", "off", "GOPATH", GO_PATH, "GOCACHE",
      Path.of("target", "go-cache").toAbsolutePath().toString()));
    Process compiler = builder.start();
    try {
      if (!compiler.waitFor(BUILD_PATIENCE, SECONDS) || compiler.exitValue() != 0) {
        throw new IllegalStateException("the peer with pion cannot be built");
      }
      return program;
    } finally {
      compiler.destroyForcibly();
    }
  }

  private static Optional<String> find(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(each -> Path.of(each, program))
      .filter(Files::isExecutable).map(Path::toString).findFirst();
  }

  /** What an enum's own constants may name before it is there itself. */
  private static final class Longest {
    static final int OURS = 262_144;
  }

  private static final class Needs {
    static final String NPM = "what npm ci brings in src/test/clients/node";
  }
}
