package io.aiconexus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;

/** Which package may import which: features meet on the event bus, leaves know nothing above them. */
@AnalyzeClasses(packages = "io.aiconexus", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String ROOT = "io.aiconexus";
  private static final List<String> FEATURES = List.of("signaling", "peer", "retry", "metrics", "health", "status", "cluster");
  private static final List<String> LEAVES = List.of("protocol", "identity", "bus", "config");
  /** The pure part of retry and the timers that drive it, which peer and applications use without its verticle. */
  private static final DescribedPredicate<JavaClass> PURE_RETRY = DescribedPredicate.describe("the pure part of retry",
    type -> type.getPackageName().equals(ROOT + ".retry") && !type.getSimpleName().contains("Verticle")
      && (type.getSimpleName().equals("VertxTimers") || type.getDirectDependenciesFromSelf().stream()
      .noneMatch(to -> to.getTargetClass().getName().equals("io.vertx.core.Vertx"))));

  @ArchTest
  static final ArchRule featuresDoNotImportEachOther = CompositeArchRule.of(FEATURES.stream().map(feature ->
    (ArchRule) noClasses().that().resideInAPackage(inside(feature)).should().dependOnClassesThat(
      JavaClass.Predicates.resideInAnyPackage(FEATURES.stream().filter(other -> !other.equals(feature))
        .map(ArchitectureTest::inside).toArray(String[]::new)).and(DescribedPredicate.not(PURE_RETRY)))
      .as(feature + " meets the other features on the event bus only").allowEmptyShould(true)).toList());

  @ArchTest
  static final ArchRule leavesImportOnlyLeavesAndLibraries = noClasses().that().resideInAnyPackage(all(LEAVES))
    .should().dependOnClassesThat(JavaClass.Predicates.resideInAPackage(ROOT + "..")
      .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(all(LEAVES)))));

  @ArchTest
  static final ArchRule peersKnowTheEnginePortAndNoEngine = noClasses().that().resideInAPackage(inside("peer"))
    .should().dependOnClassesThat().resideInAPackage(ROOT + ".webrtc.*..").allowEmptyShould(true);

  @ArchTest
  static final ArchRule theEnginePortKnowsNoFeature = noClasses().that().resideInAPackage(inside("webrtc"))
    .should().dependOnClassesThat().resideInAnyPackage(all(FEATURES)).allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingImportsTheCommandLine = noClasses().that()
    .resideOutsideOfPackages(inside("cli"), inside("loadtest"))
    .should().dependOnClassesThat().resideInAPackage(inside("cli"));

  @ArchTest
  static final ArchRule identityAndProtocolArePure = classes().that()
    .resideInAnyPackage(inside("identity"), inside("protocol"))
    .should().onlyDependOnClassesThat()
    .resideInAnyPackage(inside("identity"), inside("protocol"), "java..", "io.vertx.core.json..",
      "io.vertx.codegen.annotations..", "com.fasterxml.jackson.core..", "org.bouncycastle..", "org.erdtman.jcs..");

  private static String inside(String name) {
    return ROOT + "." + name + "..";
  }

  private static String[] all(List<String> names) {
    return names.stream().map(ArchitectureTest::inside).toArray(String[]::new);
  }
}
