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
import dev.confine.state.ContainerId;
import dev.confine.state.ContainerState;
import dev.confine.state.Status;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HooksTest {
    private static final Hooks ALL = new Hooks(
            List.of(hook("prestart", null), hook("prestart2", 3)),
            List.of(hook("createRuntime", 1)),
            List.of(hook("createContainer", null), hook("createContainer2", 2)),
            List.of(hook("startContainer", null), hook("startContainer2", 2)),
            List.of(hook("poststart", null), hook("poststart2", 1)),
            List.of(hook("poststop", null), hook("poststop2", 9)));

    static final ContainerState STATE = new ContainerState(
            ContainerState.VERSION,
            "1.3.0",
            ContainerId.parse("c1"),
            Status.CREATED,
            4711,
            1,
            "/bundle",
            "/bundle/rootfs",
            "2026-01-01T00:00:00Z",
            0,
            "jnr",
            Map.of("a", "b"));

    private static Hook hook(String name, @Nullable Integer timeout) {
        return new Hook("/hook/" + name, List.of("a", "b"), List.of("C=d"), timeout);
    }

    private static Program program(Caller caller, Spec spec, Hooks hooks, Mode mode) {
        return Compiler.compile(Blueprints.of(caller, spec.withHooks(hooks), mode))
                .program();
    }

    private static List<String> steps(Program program) {
        return program.steps().stream().map(Step::what).toList();
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
    void hooksInTheContainer_areFilteredAsItsProgram() {
        Blueprint hooked = Blueprints.of(Blueprints.ROOT, DefaultSpec.rootful().withHooks(ALL), Mode.CREATE);
        for (boolean noNewPrivileges : new boolean[] {true, false}) {
            Program program = Compiler.compile(Blueprints.filtered(hooked, noNewPrivileges))
                    .program();
            assertThat(Verifier.check(program)).isEmpty();
            assertThat(steps(program).stream().filter("filter system calls"::equals))
                    .hasSize(ALL.startContainer().size() + 1);
        }
    }

    @Test
    void hooksOfTheRuntime_inAMountNamespaceThatIsJoined_areVerified() {
        Spec spec = DefaultSpec.rootful();
        List<Namespace> namespaces =
                List.of(new Namespace(NamespaceType.MOUNT, "/proc/1/ns/mnt"), new Namespace(NamespaceType.PID));
        Spec joined = spec.withLinux(spec.linux().withNamespaces(namespaces));
        Hooks hooks = new Hooks(
                ALL.prestart(), ALL.createRuntime(), List.of(), ALL.startContainer(), ALL.poststart(), ALL.poststop());
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
                        "enter the root file system",
                        "become user 0 and group 0",
                        "wait for the start",
                        "run the hook /hook/startContainer",
                        "give up new privileges",
                        "run the hook /hook/startContainer2",
                        "give up new privileges",
                        "give up new privileges",
                        "exec: \"sh\"")
                .doesNotContain("run the hook /hook/poststart");
    }

    @Test
    void hooksAfterTheStart_areTheFrontsOfARun_andOfTheProgramThatStarts() {
        for (Mode mode : List.of(Mode.CREATE, Mode.RUN_DETACHED, Mode.RUN, Mode.RUN_AND_KEEP)) {
            List<String> steps = steps(program(Blueprints.ROOT, DefaultSpec.rootful(), ALL, mode));
            assertThat(steps.contains("run the hook /hook/poststart")).isEqualTo(mode != Mode.CREATE);
            // where it fails, and where it stays to the end
            assertThat(steps.stream().filter("run the hook /hook/poststop"::equals))
                    .hasSize(mode == Mode.RUN ? 4 : 2);
        }
        assertThat(steps(SmallPrograms.start("/run/confine/c1", STATE, ALL).program()))
                .containsSubsequence(
                        "start the container", "run the hook /hook/poststart", "run the hook /hook/poststart2")
                .doesNotContain("run the hook /hook/startContainer");
        assertThat(steps(SmallPrograms.poststop(STATE, ALL.poststop()).program()))
                .containsSubsequence("run the hook /hook/poststop", "run the hook /hook/poststop2");
    }

    @Test
    void programs_forAContainerThatExists_areVerified() {
        assertThat(Verifier.check(
                        SmallPrograms.start("/run/confine/c1", STATE, ALL).program()))
                .isEmpty();
        assertThat(Verifier.check(SmallPrograms.poststop(STATE, ALL.poststop()).program()))
                .isEmpty();
    }

    @Test
    void manyHooks_fitInTheRegistersAndTheProgram() {
        List<Hook> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(hook("many" + i, 10));
        }
        Program program = program(
                Blueprints.ANA,
                DefaultSpec.rootless(Blueprints.MAPS),
                new Hooks(many, many, many, many, many, many),
                Mode.RUN);
        assertThat(Verifier.check(program)).isEmpty();
    }

    @Test
    void state_hasRoomForThePid_andIsNoPathOfTheVerifiers() {
        Program program = program(Blueprints.ROOT, DefaultSpec.rootful(), ALL, Mode.RUN);
        assertThat(new String(program.data(), StandardCharsets.UTF_8))
                .contains(
                        "\"id\":\"c1\",\"status\":\"creating\",\"bundle\":\"/bundle\",\"annotations\":{},\"pid\":          }");
        assertThat(new String(
                        SmallPrograms.start("/run/c1", STATE, ALL).program().data(), StandardCharsets.UTF_8))
                .contains("\"status\":\"running\",\"bundle\":\"/bundle\",\"annotations\":{\"a\":\"b\"},\"pid\":4711}");
        assertThat(new String(
                        SmallPrograms.poststop(STATE, ALL.poststop()).program().data(), StandardCharsets.UTF_8))
                .contains("\"status\":\"stopped\",\"bundle\":\"/bundle\",\"annotations\":{\"a\":\"b\"}}");
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
