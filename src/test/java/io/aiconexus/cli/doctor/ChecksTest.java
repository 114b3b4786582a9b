package io.aiconexus.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.aiconexus.cli.doctor.Finding.Verdict;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {

  private static final String NATIVE_LIBRARY = "/libwebrtc-java-linux-x86_64.so";
  private static final long MIB = 1024 * 1024;

  @Test
  void aPortThatIsTakenIsAFailureAndAFreeOneIsNot() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      Finding finding = PortCheck.listen("127.0.0.1", port);
      assertThat(finding.verdict()).isEqualTo(Verdict.FAIL);
      assertThat(finding.text()).contains("127.0.0.1:" + port);
    }

    assertThat(PortCheck.listen("127.0.0.1", 0).verdict()).isEqualTo(Verdict.OK);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 65536", "127.0.0.1, -1", "no such host, 0"})
  void anAddressThatCannotBeIsAFailure(String host, int port) {
    assertThat(PortCheck.listen(host, port).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void thePortIsTheOneOfTheSettings() {
    assertThat(PortCheck.of(new JsonObject())).isEmpty();
    assertThat(PortCheck.of(new JsonObject("{\"signaling\": {\"host\": \"127.0.0.1\", \"port\": 0}}")))
      .singleElement().returns(Verdict.OK, Finding::verdict);
  }

  @Test
  void aMissingLibraryIsNamedWithThePackageThatBringsIt() {
    Finding finding = NativeLibraryCheck.judge(new Child(NativeProbe.NOT_LOADED, "noise\n"
      + "java.lang.UnsatisfiedLinkError: /tmp/x.so: libpulse.so.0: cannot open shared object file: No such file"));

    assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
    assertThat(finding.text()).contains("needs libpulse.so.0, which is missing (Debian package libpulse0)");
    assertThat(finding.remedy()).startsWith("sudo apt-get install -y ").contains(NativeLibraryCheck.PACKAGES.values());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "  3 | x.so: version `GLIBC_2.18' not found         | glibc 2.18 or newer",
    "  3 | x.so: failed to map segment from shared object | programs may not run from",
    "  3 | something else                               | does not load: something else",
    "134 | SIGABRT                                      | ended its process with status 134",
    " -1 | slow                                         | did not load within",
    " -2 | no memory                                    | could not be started: no memory"})
  void whateverElseStopsTheLibraryIsAWarningWithSomethingToDo(int status, String output, String text) {
    Finding finding = NativeLibraryCheck.judge(new Child(status, output));

    assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
    assertThat(finding.text()).contains(text);
    assertThat(finding.remedy()).isNotBlank();
  }

  @Test
  void theLibraryIsTriedInAnotherProcessThatTellsHowItWent() {
    Finding finding = NativeLibraryCheck.run();

    assertThat(finding.topic()).isEqualTo("native");
    assertThat(finding.text()).containsAnyOf("loads and works", "which is missing", "does not load");
  }

  @Test
  void theLauncherInstallsThePackagesThatTheDoctorNames() throws Exception {
    String launcher = Files.readString(Path.of("aiconexus"));

    NativeLibraryCheck.PACKAGES.forEach((library, debian) -> assertThat(launcher)
      .containsPattern("SYSTEM_LIBRARIES=\"[^\"]*" + library.replace(".", "\\."))
      .contains(library + "-apt) printf '" + debian + " '"));
  }

  @Test
  void theLibrariesThatTheDoctorKnowsAreThoseThatTheNativeLibraryNeeds() throws Exception {
    List<String> cLibrary = List.of("libm.so.6", "libc.so.6", "ld-linux-x86-64.so.2");
    assumeThat(getClass().getResource(NATIVE_LIBRARY)).as("built on another system").isNotNull();

    List<String> needed = SharedObject.read(NATIVE_LIBRARY).needed();

    assertThat(needed).filteredOn(library -> !cLibrary.contains(library))
      .containsExactlyInAnyOrderElementsOf(NativeLibraryCheck.PACKAGES.keySet());
  }

  @Test
  void onlyALoopbackInterfaceIsAWarning() {
    assertThat(InterfaceCheck.judge(List.of()).verdict()).isEqualTo(Verdict.WARN);
    assertThat(InterfaceCheck.judge(List.of("eth0 192.0.2.1")).verdict()).isEqualTo(Verdict.OK);
    assertThat(InterfaceCheck.run().topic()).isEqualTo("network");
  }

  @ParameterizedTest
  @CsvSource({"1024, WARN", "1199, WARN", "1200, OK", "1048576, OK"})
  void fiveHundredConnectionsNeedTwelveHundredDescriptors(long limit, Verdict verdict) {
    assertThat(DescriptorCheck.judge(limit).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"4096, 1024, OK", "4096, 3073, WARN", "511, 128, WARN", "512, 128, OK"})
  void theHeapMustLeaveMemoryToTheRest(long totalMib, long heapMib, Verdict verdict) {
    assertThat(MemoryCheck.judge(totalMib * MIB, heapMib * MIB).verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"1970-01-01T00:00:10Z, FAIL", "2026-06-01T00:00:00Z, OK", "2106-02-07T00:00:00Z, FAIL"})
  void aYearThatCannotBeIsAFailure(Instant now, Verdict verdict) {
    assertThat(ClockCheck.judge(now).verdict()).isEqualTo(verdict);
  }

  @Test
  void synchronisationIsJudgedWhereSystemdKnowsOfIt() {
    assertThat(ClockCheck.judgeSynchronisation(new Child(0, "yes"))).singleElement()
      .returns(Verdict.OK, Finding::verdict);
    assertThat(ClockCheck.judgeSynchronisation(new Child(0, "no"))).singleElement()
      .returns(Verdict.WARN, Finding::verdict);
    assertThat(ClockCheck.judgeSynchronisation(new Child(1, "System has not been booted with systemd"))).isEmpty();
    assertThat(ClockCheck.judgeSynchronisation(new Child(Child.NOT_STARTED, "no such program"))).isEmpty();
  }

  @Test
  void aProgramThatDoesNotEndIsKilled() {
    Child child = Child.run(List.of("sh", "-c", "echo begun; exec sleep 600"), Duration.ofMillis(300));

    assertThat(child.status()).isEqualTo(Child.TIMED_OUT);
    assertThat(ProcessHandle.current().children().map(each -> each.info().commandLine().orElse("")))
      .noneMatch(line -> line.endsWith("sleep 600"));
  }

  @Test
  void aProgramThatIsNotThereIsSaid() {
    assertThat(Child.run(List.of("/no/such/program"), Duration.ofSeconds(1)).status()).isEqualTo(Child.NOT_STARTED);
  }
}
