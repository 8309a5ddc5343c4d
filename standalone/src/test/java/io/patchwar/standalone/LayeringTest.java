package io.patchwar.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keeps the arrows of docs/decisions/001-modules-and-arrows.md, those between packages that Maven modules cannot keep. */
class LayeringTest {
    private static final JavaClasses PATCHWAR = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The quick build lays them elsewhere.
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.patchwar");

    /** Every room of the product that this module sees, and what of the product each may see beside itself. */
    private enum Room {
        SETTINGS("settings", "io.patchwar.settings"),
        MODEL("audit-model", "io.patchwar.model"),
        FIELDS("war-detection", "io.patchwar.fields", "io.patchwar.model.."),
        DETECTION("war-detection", "io.patchwar.detection", "io.patchwar.model", "io.patchwar.model.state"),
        PRESSURE("war-detection", "io.patchwar.pressure", "io.patchwar.model.."),
        REMEDIES("war-detection", "io.patchwar.remedies", "io.patchwar.settings..", "io.patchwar.model.."),
        WATCH(
                "war-detection",
                "io.patchwar.watch",
                "io.patchwar.fields..",
                "io.patchwar.detection..",
                "io.patchwar.pressure..",
                "io.patchwar.settings..",
                "io.patchwar.model.."),
        SERVICE("service", "io.patchwar.service", "io.patchwar.settings..", "io.patchwar.model.."),
        BROKER("embedded-kafka", "io.patchwar.broker"),
        INGEST(
                "audit-ingest",
                "io.patchwar.ingest",
                "io.patchwar.service..",
                "io.patchwar.settings..",
                "io.patchwar.model.."),
        PROCESSOR(
                "stream-processor",
                "io.patchwar.processor",
                "io.patchwar.service..",
                "io.patchwar.settings..",
                "io.patchwar.watch..",
                "io.patchwar.fields..",
                "io.patchwar.detection..",
                "io.patchwar.pressure..",
                "io.patchwar.remedies..",
                "io.patchwar.model.."),
        STANDALONE("standalone", "io.patchwar.standalone", "io.patchwar..");

        private final String module;
        private final String name;
        private final List<String> sees;

        Room(String module, String name, String... sees) {
            this.module = module;
            this.name = name;
            this.sees = List.of(sees);
        }

        String itself() {
            return name + "..";
        }

        String[] itselfAndWhatItSees() {
            return Stream.concat(Stream.of(itself()), sees.stream()).toArray(String[]::new);
        }

        /** Whether somebody has moved in, by the sources: what the compiled classes must then show, too. */
        boolean hasSources() {
            var sources = Path.of("..", module, "src", "main", "java").resolve(name.replace('.', '/'));
            if (!Files.isDirectory(sources)) {
                return false;
            }
            try (var files = Files.walk(sources)) {
                return files.anyMatch(file -> file.toString().endsWith(".java"));
            } catch (IOException e) {
                throw new AssertionError("cannot look into " + sources, e);
            }
        }

        /**
         * A rule about a room where nobody lives yet is vacuous and passes. Once the room has sources it must not be: a rule that
         * then finds no class looks at the wrong class path, and fails.
         */
        ArchRule emptyOnlyIfUnbuilt(ArchRule rule) {
            return rule.allowEmptyShould(!hasSources());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRoomSeesOnlyWhereItsArrowsPoint(Room room) {
        room.emptyOnlyIfUnbuilt(noClasses()
                        .that(resideInAPackage(room.itself()))
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.patchwar..")
                                .and(resideOutsideOfPackages(room.itselfAndWhatItSees()))))
                .check(PATCHWAR);
    }

    @Test
    void everyClassLivesInARoomWithArrows() {
        var rooms = Arrays.stream(Room.values()).map(Room::itself).toArray(String[]::new);
        classes().should().resideInAnyPackage(rooms).check(PATCHWAR);
    }

    @Test
    void packagesFormNoCycles() {
        var cycles = slices().matching("io.patchwar.(**)").should().beFreeOfCycles();
        cycles.check(PATCHWAR);
    }

    @Test
    void detectionKnowsTheModelAndTheLanguageAndNothingElse() {
        Room.DETECTION
                .emptyOnlyIfUnbuilt(classes()
                        .that(resideInAPackage(Room.DETECTION.itself()))
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage(
                                Room.DETECTION.itself(),
                                "io.patchwar.model",
                                "io.patchwar.model.state",
                                "java..",
                                "org.jspecify..")))
                .check(PATCHWAR);
    }

    @Test
    void detectionTouchesNoFileNoNetworkAndNoClock() {
        Room.DETECTION
                .emptyOnlyIfUnbuilt(noClasses()
                        .that(resideInAPackage(Room.DETECTION.itself()))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("java.io", "java.net..", "java.nio.file.."))
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(Clock.class, InstantSource.class)
                        .orShould()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(System.class, "nanoTime"))
                .check(PATCHWAR);
    }

    @Test
    void theRulesLookAtTheWholeProduct() {
        for (var room : Room.values()) {
            var seen = PATCHWAR.stream().anyMatch(resideInAPackage(room.itself()));
            assertThat(seen).as("compiled classes of %s", room.name).isEqualTo(room.hasSources());
        }
    }
}
