package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Instruction;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Program;
import dev.confine.launch.Step;
import dev.confine.launch.Syscall;
import dev.confine.launch.verify.Verifier;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.spec.Hook;
import dev.confine.spec.Hooks;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HooksTest {
    private static final Hooks ALL = new Hooks(
            List.of(hook("prestart", null), hook("prestart2", 3)),
            List.of(hook("createRuntime", 1)),
            List.of(hook("createContainer", null), hook("createContainer2", 2)),
            List.of(),
            List.of(),
            List.of());

    private static Hook hook(String name, @Nullable Integer timeout) {
        return new Hook("/hook/" + name, List.of("a", "b"), List.of("C=d"), timeout);
    }

    private static Program program(Caller caller, Spec spec, Hooks hooks, Mode mode) {
        return Compiler.compile(Blueprints.of(caller, spec.withHooks(hooks), mode))
                .program();
    }

    @ParameterizedTest
    @EnumSource
    void programs_withHooks_areVerified(Mode mode) {
        assertThat(Verifier.check(program(Blueprints.ROOT, DefaultSpec.rootful(), ALL, mode)))
                .isEmpty();
        assertThat(Verifier.check(program(Blueprints.ROOT, DefaultSpec.rootless(Blueprints.MAPS), ALL, mode)))
                .isEmpty();
        assertThat(Verifier.check(program(Blueprints.ANA, DefaultSpec.rootless(Blueprints.MAPS), ALL, mode)))
                .isEmpty();
    }

    @Test
    void hooks_whenAProcessIsAdded_areNotRun() {
        Spec spec = DefaultSpec.rootful();
        Program with = ExecCompiler.compile(Blueprints.of(Blueprints.ROOT, spec.withHooks(ALL), Mode.EXEC_DETACHED), 42)
                .program();
        Program without = ExecCompiler.compile(Blueprints.of(Blueprints.ROOT, spec, Mode.EXEC_DETACHED), 42)
                .program();
        assertThat(with.steps()).isEqualTo(without.steps());
    }

    @Test
    void hooksOfTheRuntime_inAMountNamespaceThatIsJoined_areVerified() {
        Spec spec = DefaultSpec.rootful();
        List<Namespace> namespaces =
                List.of(new Namespace(NamespaceType.MOUNT, "/proc/1/ns/mnt"), new Namespace(NamespaceType.PID));
        Spec joined = spec.withLinux(spec.linux().withNamespaces(namespaces));
        Hooks hooks = new Hooks(ALL.prestart(), ALL.createRuntime(), List.of(), List.of(), List.of(), List.of());
        assertThat(Verifier.check(program(Blueprints.ROOT, joined, hooks, Mode.RUN)))
                .isEmpty();
    }

    @Test
    void hooks_runInTheirOrder_afterTheMountsAndBeforeThePivot() {
        List<String> steps =
                program(Blueprints.ANA, DefaultSpec.rootless(Blueprints.MAPS), ALL, Mode.CREATE).steps().stream()
                        .map(Step::what)
                        .toList();
        assertThat(steps)
                .containsSubsequence(
                        "let the container build itself",
                        "run the hook /hook/prestart",
                        "run the hook /hook/prestart2",
                        "run the hook /hook/createRuntime",
                        "let the container go on",
                        "find the place of the root file system for the hooks",
                        "become root of the user namespace",
                        "attach the root file system",
                        "mask /proc/acpi",
                        "wait for the hooks of the runtime",
                        "run the hook /hook/createContainer",
                        "run the hook /hook/createContainer2",
                        "enter the root file system");
    }

    @Test
    void state_hasRoomForThePid_andIsNoPathOfTheVerifiers() {
        Program program = program(Blueprints.ROOT, DefaultSpec.rootful(), ALL, Mode.RUN);
        assertThat(new String(program.data(), StandardCharsets.UTF_8))
                .contains(
                        "\"id\":\"c1\",\"status\":\"creating\",\"bundle\":\"/bundle\",\"annotations\":{},\"pid\":          }");
    }

    @Test
    void container_withoutHooks_isAttachedOverTheRoot_andWithThemAtItsPlace() {
        assertThat(attachments(Hooks.NONE)).containsExactly("/");
        assertThat(attachments(ALL)).containsExactly("", "/");
    }

    /** The paths that the root file system is moved to, in the order of the program. */
    private static List<String> attachments(Hooks hooks) {
        Program program = program(Blueprints.ROOT, DefaultSpec.rootful(), hooks, Mode.RUN);
        return program.instructions().stream()
                .filter(instruction -> instruction.syscall() == Syscall.MOVE_MOUNT)
                .filter(instruction ->
                        program.steps().get(instruction.step()).what().equals("attach the root file system"))
                .map(instruction -> text(program, instruction))
                .toList();
    }

    private static String text(Program program, Instruction instruction) {
        String data = new String(program.data(), StandardCharsets.ISO_8859_1);
        int from = ((Data) instruction.args().get(3)).offset();
        return data.substring(from, data.indexOf('\0', from));
    }
}
