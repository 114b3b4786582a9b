package io.aiconexus.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.aiconexus.NodeOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What can be said about images, compose file and workflow without building and running them. */
class ContainerFilesTest {

  private static final Path COMPOSE = Path.of("docker/compose.yml");
  private static final Pattern STAGE = Pattern.compile("(?m)^FROM (\\S+) AS (\\S+)$");
  private static final Pattern VARIABLE = Pattern.compile("(?m)^(?:ENV| +)? *(AICONEXUS_[A-Z_]+)=");
  private static final Set<String> OF_THE_LAUNCHER = Set.of("AICONEXUS_LOG_FORMAT", "AICONEXUS_LOG_LEVEL");

  @Test
  void everyStageIsTheBaseOrAnEarlierStage() throws Exception {
    Matcher stage = STAGE.matcher(Files.readString(Path.of("docker/Dockerfile")));
    Set<String> stages = new TreeSet<>(Set.of("${BASE}"));
    while (stage.find()) {
      assertThat(stages).contains(stage.group(1));
      stages.add(stage.group(2));
    }

    assertThat(stages).contains("development", "testing", "production", "turn");
  }

  @Test
  void theImagesVersionIsThatOfTheProject() throws Exception {
    Matcher version = Pattern.compile("<version>(.+)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(version.find()).isTrue();

    assertThat(Files.readString(Path.of("docker/Dockerfile"))).contains("ARG VERSION=" + version.group(1) + "\n");
  }

  @Test
  void everyServiceIsInAProfileThatThePageExplainsAndTheWorkflowChecks() throws Exception {
    Set<String> profiles = new TreeSet<>();
    services().values().forEach(service -> strings(service.get("profiles")).forEach(profiles::add));

    assertThat(profiles).containsExactlyInAnyOrder("dev", "test", "production", "monitoring", "turn");
    assertThat(services().values()).allSatisfy(service -> assertThat(service).containsKey("profiles"));
    assertThat(profiles).allSatisfy(profile -> {
      assertThat(Files.readString(Path.of("docker/DOCKER.md"))).contains("--profile " + profile);
      assertThat(Files.readString(Path.of("README.md"))).contains("--profile " + profile);
      assertThat(Files.readString(Path.of(".github/workflows/ci.yml"))).containsPattern("for profile in .*" + profile);
    });
  }

  @Test
  void whatIsReachableFromOutsideHasNoRightsAndAReadOnlyRoot() throws Exception {
    for (String name : List.of("node", "prometheus", "grafana", "turn")) {
      assertThat(services().get(name)).as(name).containsEntry("read_only", true)
        .containsEntry("cap_drop", List.of("ALL")).containsEntry("security_opt", List.of("no-new-privileges:true"))
        .containsKeys("mem_limit", "pids_limit", "restart", "logging");
    }
  }

  @Test
  void noSecretIsAValueInTheComposeFile() throws Exception {
    for (Map<String, Object> service : services().values()) {
      map(service.get("environment")).forEach((variable, value) -> {
        if (variable.matches(".*(SECRET|PASSWORD|TOKEN|CREDENTIAL).*")) {
          assertThat(variable).endsWith("_FILE");
          assertThat(value.toString()).matches("/run/secrets/.*|\\$\\{AICONEXUS_TURN_SECRETS:-/dev/null}");
        }
      });
    }
  }

  @Test
  void whatIsMountedFromTheCheckoutIsThere() throws Exception {
    for (Map<String, Object> service : services().values()) {
      strings(service.get("volumes")).filter(volume -> volume.startsWith("./monitoring/")).forEach(volume ->
        assertThat(COMPOSE.resolveSibling(volume.substring(0, volume.indexOf(':')))).as(volume).exists());
    }
  }

  @Test
  void everyVariableOfTheImagesIsASetting() throws Exception {
    JsonObject settings = new JsonObject(Files.readString(Path.of("conf/aiconexus.json")));
    Set<String> known = variables("AICONEXUS", settings).collect(Collectors.toSet());
    Set<String> used = new TreeSet<>(map(services().get("node").get("environment")).keySet());
    Matcher variable = VARIABLE.matcher(Files.readString(Path.of("docker/Dockerfile")));
    while (variable.find()) {
      used.add(variable.group(1));
    }

    assertThat(NodeOptions.from(settings)).isNotNull();
    assertThat(used).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(OF_THE_LAUNCHER.contains(name)
      || known.contains(name) || known.contains(name.replaceFirst("_FILE$", ""))).as(name).isTrue());
  }

  @Test
  void theWorkflowRunsTheSuiteOnBothJdksWithActionsThatCannotChange() throws Exception {
    Map<String, Object> jobs = map(yaml(Path.of(".github/workflows/ci.yml")).get("jobs"));
    Map<String, Object> suite = map(jobs.get("suite"));

    assertThat(map(map(suite.get("strategy")).get("matrix"))).containsEntry("jdk", List.of("17", "25"));
    assertThat(Files.readString(Path.of(".github/workflows/ci.yml"))).contains("run: .ci/run\n");
    assertThat(jobs.values()).allSatisfy(job -> {
      for (Object step : (List<?>) map(job).get("steps")) {
        if (map(step).containsKey("uses")) {
          assertThat(map(step).get("uses").toString()).matches("[\\w-]+/[\\w-]+@[0-9a-f]{40}");
        }
      }
    });
  }

  @Test
  void shellcheckHasNothingToSayAboutTheScripts() throws Exception {
    assumeTrue(new ProcessBuilder("sh", "-c", "command -v shellcheck").start().waitFor() == 0, "shellcheck");
    Process process = new ProcessBuilder("sh", "-c", "grep -rlE '^#(!/bin/(ba)?sh|.shellcheck shell=(ba)?sh)' docker | "
      + "xargs shellcheck -x").redirectErrorStream(true).start();

    assertThat(new String(process.getInputStream().readAllBytes())).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  private static Map<String, Map<String, Object>> services() throws Exception {
    return map(yaml(COMPOSE).get("services")).entrySet().stream()
      .collect(Collectors.toMap(Map.Entry::getKey, entry -> map(entry.getValue())));
  }

  private static Map<String, Object> yaml(Path file) throws Exception {
    return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  private static Stream<String> strings(Object value) {
    return value == null ? Stream.of() : ((List<?>) value).stream().map(Object::toString);
  }

  private static Stream<String> variables(String prefix, JsonObject json) {
    return json.stream().flatMap(entry -> {
      String name = prefix + "_" + entry.getKey().toUpperCase(Locale.ROOT);
      return entry.getValue() instanceof JsonObject inner ? variables(name, inner) : Stream.of(name);
    });
  }
}
