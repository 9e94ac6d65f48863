package dev.confine.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/** The rules of ARCHITECTURE.md that hold between modules and packages. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.confine");

    @Test
    void packages_have_no_cycles() {
        slices().matching("dev.confine.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void the_specification_depends_on_nothing_of_ours() {
        classes()
                .that()
                .resideInAPackage("dev.confine.spec")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.confine.spec", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void the_command_line_knows_no_backend() {
        noClasses()
                .that()
                .resideInAPackage("dev.confine.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.confine.backend..")
                .check(CLASSES);
    }

    @Test
    void backends_do_not_know_each_other() {
        slices().matching("dev.confine.backend.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void the_launcher_knows_no_container() {
        noClasses()
                .that()
                .resideInAPackage("dev.confine.launch")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.confine.runtime..", "dev.confine.spec", "dev.confine.validate")
                .check(CLASSES);
    }

    @Test
    void only_the_command_line_prints_and_exits() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.confine.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void utility_names_say_nothing() {
        classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl)$")
                .allowEmptyShould(false)
                .check(CLASSES);
    }
}
