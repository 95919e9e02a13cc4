package io.github.palimpsest.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

/** The house stands as it was drawn: each layer uses those below it and never one above. */
class ArchitectureTest {

    private static final String ROOT = "io.github.palimpsest";

    /** From the top to the bottom; packages of one line may use each other, without cycles. */
    private static final List<List<String>> LAYERS = List.of(
            List.of("command", "launch"),
            List.of("view", "imagej", "report", "ablation"),
            List.of("erasing", "segmentation"),
            List.of("background", "crf", "evaluation"),
            List.of("network"),
            List.of("engine"),
            List.of("dataset", "store"),
            List.of("tensor"),
            List.of("task"));

    private static final JavaClasses HOUSE = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void eachLayerUsesOnlyThoseBelow() {
        layers(ROOT).check(HOUSE);
    }

    @Test
    void noPackagesUseEachOtherInCircles() {
        circles(ROOT).check(HOUSE);
    }

    static List<ArchRule> borders() {
        return List.of(
                outside("engine.dl4j").should().dependOnClassesThat()
                        .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..")
                        .because("the method must run on any engine"),
                outside("command", "launch").should().dependOnClassesThat().resideInAnyPackage("org.scijava..")
                        .because("the plain API must serve doors without SciJava"),
                outside("dataset", "store", "background", "evaluation", "view", "imagej", "report", "command", "launch")
                        .should()
                        .dependOnClassesThat().resideInAnyPackage("ij..")
                        .because("the method computes on tensors, not on windows"),
                inside("background").and().doNotHaveSimpleName("GlobalThreshold").should().dependOnClassesThat()
                        .resideInAnyPackage("ij..").because("only ImageJ's thresholds are wanted, so that a user finds"
                                + " the numbers of Image > Adjust > Threshold again"),
                inside("launch").should().dependOnClassesThat().resideInAnyPackage(ours("erasing"), ours("segmentation"),
                        ours("engine"), ours("dataset")).because("doors only know the commands"),
                inside("erasing").should().transitivelyDependOnClassesThat().resideInAPackage(ours("evaluation.masks"))
                        .because("what learns from tags alone must not see masks, by whatever way"),
                inside("segmentation").should().transitivelyDependOnClassesThat()
                        .resideInAPackage(ours("evaluation.masks")).because("what learns from tags alone must not see masks"));
    }

    @ParameterizedTest
    @MethodSource("borders")
    void librariesAndMasksStayWhereTheyBelong(ArchRule border) {
        border.allowEmptyShould(true).check(HOUSE);
    }

    /** A rule that cannot fail keeps nothing. */
    @Test
    void theRulesSeeABadHouse() {
        String bad = ROOT + ".architecture.badhouse";
        JavaClasses badHouse = new ClassFileImporter().importPackages(bad);
        assertTrue(badHouse.size() > 3, "the bad house is there");
        AssertionError upwards = assertThrows(AssertionError.class, () -> layers(bad).check(badHouse));
        assertTrue(upwards.getMessage().contains("TensorThatTrains"), upwards.getMessage());
        AssertionError circle = assertThrows(AssertionError.class, () -> circles(bad).check(badHouse));
        assertTrue(circle.getMessage().contains("Cycle"), circle.getMessage());
        ArchRule scijava = noClasses().that().resideInAPackage(bad + "..").should().dependOnClassesThat()
                .resideInAnyPackage("org.scijava..");
        assertThrows(AssertionError.class, () -> scijava.check(badHouse));
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        Path sources = Path.of("src/main/java");
        try (Stream<Path> files = Files.walk(sources)) {
            List<Path> silent = files.filter(file -> file.toString().endsWith(".java")).map(Path::getParent).distinct()
                    .filter(folder -> folder.startsWith(sources.resolve(ROOT.replace('.', '/'))))
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java"))).toList();
            assertEquals(List.of(), silent, "packages without a package-info.java");
        }
    }

    @Test
    void everyPackageHasItsPlaceInTheHouse() {
        List<String> places = LAYERS.stream().flatMap(List::stream).toList();
        HOUSE.forEach(type -> {
            String inner = type.getPackageName().substring(Math.min(type.getPackageName().length(), ROOT.length() + 1));
            assertTrue(places.contains(inner.split("\\.")[0]), type.getName() + " is in no layer");
        });
    }

    private static LayeredArchitecture layers(String root) {
        LayeredArchitecture house = Architectures.layeredArchitecture().consideringOnlyDependenciesInAnyPackage(root + "..")
                .withOptionalLayers(true);
        for (int i = 0; i < LAYERS.size(); i++) {
            String[] packages = LAYERS.get(i).stream().map(name -> root + "." + name + "..").toArray(String[]::new);
            house = house.layer(name(i)).definedBy(packages);
        }
        for (int i = 0; i < LAYERS.size(); i++) {
            String[] below = Stream.iterate(i + 1, j -> j < LAYERS.size(), j -> j + 1).map(ArchitectureTest::name)
                    .toArray(String[]::new);
            house = below.length == 0 ? house.whereLayer(name(i)).mayNotAccessAnyLayer()
                    : house.whereLayer(name(i)).mayOnlyAccessLayers(below);
        }
        return house;
    }

    private static String name(int layer) {
        return String.join(", ", LAYERS.get(layer));
    }

    private static ArchRule circles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
    }

    private static GivenClassesConjunction outside(String... packages) {
        String[] allowed = Stream.of(packages).map(ArchitectureTest::ours).toArray(String[]::new);
        return noClasses().that().resideInAPackage(ROOT + "..").and().resideOutsideOfPackages(allowed);
    }

    private static GivenClassesConjunction inside(String name) {
        return noClasses().that().resideInAPackage(ours(name));
    }

    private static String ours(String name) {
        return ROOT + "." + name + "..";
    }
}
