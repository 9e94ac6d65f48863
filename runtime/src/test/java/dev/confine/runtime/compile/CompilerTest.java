package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.ConfineException;
import dev.confine.launch.Instruction;
import dev.confine.launch.Operand;
import dev.confine.launch.Program;
import dev.confine.launch.Step;
import dev.confine.launch.Syscall;
import dev.confine.launch.listing.Listing;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.config.DefaultSpec;
import dev.confine.spec.Mount;
import dev.confine.spec.Spec;
import dev.confine.spec.User;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CompilerTest {
    private static List<String> steps(Blueprint blueprint) {
        return Compiler.compile(blueprint).program().steps().stream()
                .map(Step::what)
                .toList();
    }

    private static List<Instruction> calls(Program program, Syscall syscall) {
        return program.instructions().stream()
                .filter(instruction -> instruction.syscall() == syscall)
                .toList();
    }

    private static Spec withMount(Mount mount) {
        Spec spec = DefaultSpec.rootful();
        List<Mount> mounts = new ArrayList<>(spec.mounts());
        mounts.add(mount);
        return spec.withMounts(mounts);
    }

    @Test
    void compiling_twice_gives_the_same_program() {
        Program first = Compiler.compile(Blueprints.rootful(Mode.RUN)).program();
        Program second = Compiler.compile(Blueprints.rootful(Mode.RUN)).program();

        assertThat(second.instructions()).isEqualTo(first.instructions());
        assertThat(second.data()).isEqualTo(first.data());
    }

    @Test
    void root_opens_the_root_file_system_before_the_namespaces_and_an_ordinary_user_after() {
        List<String> root = steps(Blueprints.rootful(Mode.RUN));
        List<String> user = steps(Blueprints.rootless(Mode.RUN));
        String open = "open the root file system /bundle/rootfs";

        assertThat(root.indexOf(open))
                .isLessThan(root.indexOf("wait until the program is verified, and for what is written by others"));
        assertThat(user.indexOf(open))
                .isGreaterThan(user.indexOf("become a process of its own"))
                .isLessThan(user.indexOf("become root of the user namespace"));
    }

    @Test
    void steps_come_in_the_order_the_kernel_needs() {
        assertThat(steps(Blueprints.rootless(Mode.CREATE)))
                .containsSubsequence(
                        "make the state directory /run/confine/c1",
                        "wait until the program is verified, and for what is written by others",
                        "become root of the user namespace",
                        "attach the root file system",
                        "mount proc on /proc",
                        "make /dev/null",
                        "set the host name to confine",
                        "mask /proc/acpi",
                        "enter the root file system",
                        "drop capabilities that may never come back",
                        "drop the caller's groups",
                        "become user 0 and group 0",
                        "set capabilities",
                        "exec: \"sh\"",
                        "wait for the start",
                        "give up new privileges");
    }

    @Test
    void every_step_of_a_property_names_its_place_in_the_configuration() {
        Program program = Compiler.compile(Blueprints.rootful(Mode.RUN)).program();

        assertThat(program.steps()).contains(new Step("mount proc on /proc", "/mounts/0"));
        assertThat(program.steps()).contains(new Step("mask /proc/acpi", "/linux/maskedPaths/0"));
    }

    @Test
    void a_process_without_a_user_is_root_and_one_with_a_user_is_that() {
        Spec spec = DefaultSpec.rootful();
        Spec other = spec.withProcess(Objects.requireNonNull(spec.process()).withUser(new User(1000, 1001)));

        assertThat(ids(Blueprints.rootful(Mode.RUN))).containsExactly(0L);
        assertThat(ids(Blueprints.of(Blueprints.ROOT, other, Mode.RUN))).containsExactly(1000L);
    }

    @Test
    void maps_thatTheFrontWrites_comeAfterTheWaitAndBeforeTheContainerGoesOn() {
        Blueprint blueprint = Blueprints.rootless(Mode.RUN).withDirect(Blueprints.MAPS);

        assertThat(steps(blueprint))
                .containsSubsequence(
                        "wait until the program is verified, and for what is written by others",
                        "write the uid map",
                        "write the gid map",
                        "let the container build itself");
        assertThat(Listing.text(Compiler.compile(blueprint).program())).contains("\"0 100000 65536\\n\"");
        assertThat(steps(Blueprints.rootless(Mode.RUN))).doesNotContain("write the uid map");
    }

    @Test
    void state_isThatOfABuiltContainer_beforeItIsStarted() {
        assertThat(steps(Blueprints.rootful(Mode.RUN)))
                .containsSubsequence(
                        "let the container build itself",
                        "remember that the container is built",
                        "start the container");
    }

    private static List<Long> ids(Blueprint blueprint) {
        return calls(Compiler.compile(blueprint).program(), Syscall.SETRESUID).stream()
                .map(call -> ((Operand.Immediate) call.args().get(0)).value())
                .toList();
    }

    @Test
    void only_a_foreground_run_stays_and_only_a_created_container_listens() {
        assertThat(steps(Blueprints.rootful(Mode.RUN))).contains("stay in the foreground");
        assertThat(steps(Blueprints.rootful(Mode.RUN_DETACHED))).doesNotContain("stay in the foreground");
        assertThat(steps(Blueprints.rootful(Mode.CREATE)))
                .contains("listen for the start of the container")
                .doesNotContain("stay in the foreground");
    }

    @Test
    void a_state_directory_too_long_for_a_socket_is_reached_by_descriptor() {
        Blueprint shorter = Blueprints.rootful(Mode.CREATE);
        Blueprint longer = new Blueprint(shorter.request(), shorter.caller(), "/" + "d".repeat(200), Mode.CREATE, null);

        assertThat(Compiler.compile(longer).program().instructions().size())
                .isGreaterThan(
                        Compiler.compile(shorter).program().instructions().size());
    }

    @Test
    void word_that_a_bind_mount_does_not_know_is_refused_with_its_place() {
        Mount bind = new Mount("/mnt", "none", "/src", List.of("bind", "size=1m", "sizes"));

        assertThatThrownBy(() -> Compiler.compile(Blueprints.of(Blueprints.ROOT, withMount(bind), Mode.RUN)))
                .isInstanceOf(ConfineException.class)
                .hasMessageContaining("/mounts/")
                .hasMessageContaining("sizes");
    }

    @Test
    void overlay_layers_too_long_for_one_value_go_one_by_one() {
        String layers = "/" + "a".repeat(200) + ":/" + "b".repeat(200);
        Mount overlay = new Mount("/mnt", "overlay", "overlay", List.of("lowerdir=" + layers));
        Program program = Compiler.compile(Blueprints.of(Blueprints.ROOT, withMount(overlay), Mode.RUN))
                .program();

        assertThat(new String(program.data(), StandardCharsets.UTF_8))
                .contains("lowerdir+")
                .doesNotContain(layers);
    }

    @Test
    void sixty_mounts_fit_in_the_registers() {
        Spec spec = DefaultSpec.rootful();
        List<Mount> mounts = new ArrayList<>(spec.mounts());
        for (int i = 0; i < 60; i++) {
            mounts.add(new Mount("/mnt/" + i, "bind", "/src/" + i, List.of("rbind", "ro")));
        }

        assertThat(Compiler.compile(Blueprints.of(Blueprints.ROOT, spec.withMounts(mounts), Mode.RUN))
                        .program()
                        .instructions())
                .hasSizeLessThan(Instruction.NOWHERE);
    }

    @Test
    void a_capability_the_caller_lacks_is_missing_unless_there_is_a_user_namespace() {
        assertThat(Grantable.missing(Blueprints.rootful(Mode.RUN))).isEmpty();
        assertThat(Grantable.missing(Blueprints.of(Blueprints.ANA, DefaultSpec.rootful(), Mode.RUN)))
                .containsExactly("CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE");
        assertThat(Grantable.missing(Blueprints.rootless(Mode.RUN))).isEmpty();
    }

    @Test
    void a_filter_comes_right_before_execve_whether_privileges_may_be_gained_or_not() {
        for (boolean noNewPrivileges : new boolean[] {true, false}) {
            List<String> steps = steps(Blueprints.filtered(Blueprints.rootful(Mode.RUN), noNewPrivileges));
            int filter = steps.indexOf("filter system calls");

            assertThat(steps.get(filter - 1))
                    .startsWith(noNewPrivileges ? "give up new privileges" : "close all files");
            assertThat(steps.get(filter + 1)).startsWith("exec: ");
        }
    }

    @Test
    void only_a_process_that_may_gain_privileges_keeps_what_its_filter_takes() {
        assertThat(permitted(Blueprints.filtered(Blueprints.rootful(Mode.RUN), false)) & 1 << 21)
                .isNotZero();
        assertThat(permitted(Blueprints.filtered(Blueprints.rootful(Mode.RUN), true)) & 1 << 21)
                .isZero();
        assertThat(permitted(Blueprints.rootful(Mode.RUN)) & 1 << 21).isZero();
    }

    private static int permitted(Blueprint blueprint) {
        Program program = Compiler.compile(blueprint).program();
        Operand.Data sets =
                (Operand.Data) calls(program, Syscall.CAPSET).get(0).args().get(1);
        return ByteBuffer.wrap(program.data()).order(ByteOrder.LITTLE_ENDIAN).getInt(sets.offset() + 4);
    }

    @Test
    void a_listener_is_connected_to_before_there_is_a_container_and_by_who_starts_it() {
        List<String> run = steps(Blueprints.filtered(Blueprints.rootful(Mode.RUN), Blueprints.NOTIFYING, true));
        List<String> create = steps(Blueprints.filtered(Blueprints.rootful(Mode.CREATE), Blueprints.NOTIFYING, true));
        String connect = "connect to the seccomp listener /run/listener";
        String messenger = "make the messenger of the seccomp listener";

        assertThat(run.indexOf(connect))
                .isBetween(0, run.indexOf("wait until the program is verified, and for what is written by others"));
        assertThat(run.indexOf(messenger)).isLessThan(run.indexOf("give up new privileges"));
        assertThat(create).contains(messenger).doesNotContain(connect);
    }

    @Test
    void what_a_listener_gets_is_json_with_room_for_the_pid() {
        Blueprint blueprint = Blueprints.filtered(Blueprints.rootful(Mode.RUN), Blueprints.NOTIFYING, true);
        String data = new String(Compiler.compile(blueprint).program().data(), StandardCharsets.UTF_8);

        assertThat(data)
                .contains("\"fds\":[\"seccompFd\"],\"metadata\":\"for you\",\"state\":{\"ociVersion\":")
                .contains("\"status\":\"created\"")
                .contains(",\"pid\":          },\"pid\":          }");
    }

    @Test
    void a_filter_that_nobody_has_made_is_never_left_out() {
        Blueprint blueprint =
                Blueprints.filtered(Blueprints.rootful(Mode.RUN), true).with(new byte[0]);

        assertThatThrownBy(() -> Compiler.compile(blueprint)).hasMessageContaining("without the filter");
    }

    @Test
    void mount_on_the_root_leaves_nothing_of_the_host_below() {
        Mount over = new Mount("/", "tmpfs", "tmpfs", List.of());
        Program plain = Compiler.compile(Blueprints.rootful(Mode.RUN)).program();
        Program covered = Compiler.compile(Blueprints.of(Blueprints.ROOT, withMount(over), Mode.RUN))
                .program();

        assertThat(calls(covered, Syscall.UMOUNT2))
                .hasSize(calls(plain, Syscall.UMOUNT2).size() + 1);
    }
}
