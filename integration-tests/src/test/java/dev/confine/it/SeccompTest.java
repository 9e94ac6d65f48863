package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code config-linux.md#seccomp}. What filters decide in detail is tested where they are made. */
@Containers
final class SeccompTest {
    private static final String MKDIR = "['mkdir', 'mkdirat', 'no_such_call']";
    private static final int SIGSYS = 31;

    /** A filter that allows everything but mkdir. */
    private static Bundle withoutMkdir(As as, String action) {
        return Bundle.of(as)
                .set(
                        "/linux/seccomp",
                        "{defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{names: " + MKDIR + ", " + action + "}]}")
                .script("mkdir /tmp/made; echo $?; exit 0");
    }

    @ParameterizedTest
    @CsvSource({"ROOT, true", "ROOT, false", "USER, true", "USER, false"})
    void errno_isWhatTheProgramSees(As as, String noNewPrivileges) {
        Bundle bundle = withoutMkdir(as, "action: 'SCMP_ACT_ERRNO', errnoRet: 71")
                .set("/process/noNewPrivileges", noNewPrivileges)
                .script("mkdir /tmp/made; grep -E '^(NoNewPrivs|Seccomp|CapPrm):' /proc/self/status; exit 0");
        Result filtered = bundle.run().success();
        assertThat(filtered.err()).contains("Protocol error");
        assertThat(filtered.out()).contains("Seccomp:\t2");
        // what the filter took is gone with execve
        String without = bundle.remove("/linux/seccomp").run().success().out();
        assertThat(filtered.out()).isEqualTo(without.replace("Seccomp:\t0", "Seccomp:\t2"));
    }

    @AsEach
    void errnoThatIsNotSaid_isEperm(As as) {
        assertThat(withoutMkdir(as, "action: 'SCMP_ACT_ERRNO'").run().success().err())
                .contains("Operation not permitted");
    }

    @AsEach
    void kill_endsTheProgramBySigsys(As as) {
        for (String action : new String[] {"KILL", "KILL_THREAD", "KILL_PROCESS", "TRAP"}) {
            String out = withoutMkdir(as, "action: 'SCMP_ACT_" + action + "'")
                    .run()
                    .success()
                    .out();
            assertThat(out).as(action).startsWith(Integer.toString(128 + SIGSYS));
        }
    }

    @AsEach
    void killOfTheContainersProgram_isItsExitCode(As as) {
        Bundle bundle = withoutMkdir(as, "action: 'SCMP_ACT_KILL'").args("mkdir", "/tmp/made");
        assertThat(bundle.run().exit()).isEqualTo(128 + SIGSYS);
    }

    @AsEach
    void log_allows_andTraceWithoutATracer_isEnosys(As as) {
        Bundle bundle = withoutMkdir(as, "action: 'SCMP_ACT_LOG'");
        assertThat(bundle.output()).isEqualTo("0");
        assertThat(bundle.rootfs().resolve("tmp/made")).isDirectory();
        assertThat(withoutMkdir(as, "action: 'SCMP_ACT_TRACE', errnoRet: 5")
                        .run()
                        .err())
                .contains("Function not implemented");
    }

    @AsEach
    void flags_areTheKernels(As as) {
        Bundle bundle = withoutMkdir(as, "action: 'SCMP_ACT_ERRNO'")
                .set(
                        "/linux/seccomp/flags",
                        "['SECCOMP_FILTER_FLAG_TSYNC', 'SECCOMP_FILTER_FLAG_LOG', 'SECCOMP_FILTER_FLAG_SPEC_ALLOW']");
        assertThat(bundle.run().success().err()).contains("Operation not permitted");
        assertThat(bundle.plan().success().out()).contains("filter system calls");
    }

    @AsEach
    void conditions_choose(As as) {
        String masked = "op: 'SCMP_CMP_MASKED_EQ', value: 512, valueTwo: 512";
        Bundle bundle = Bundle.of(as)
                .set(
                        "/linux/seccomp",
                        "{defaultAction: 'SCMP_ACT_ALLOW', syscalls: ["
                                + "{names: ['chmod'], action: 'SCMP_ACT_ERRNO', errnoRet: 71, args: [{index: 1, "
                                + masked + "}]}, {names: ['fchmodat', 'fchmodat2'], action: 'SCMP_ACT_ERRNO',"
                                + " errnoRet: 71, args: [{index: 2, " + masked + "}]}]}")
                .script("cd /tmp; echo >f; chmod 0755 f && echo usual; chmod 1755 f || echo sticky");
        Result result = bundle.run().success();
        assertThat(result.out()).isEqualTo("usual\nsticky\n");
        assertThat(result.err()).contains("Protocol error");
    }

    @AsEach
    void createdContainer_isFilteredWhenItStarts(As as) {
        Bundle bundle = withoutMkdir(as, "action: 'SCMP_ACT_ERRNO', errnoRet: 71")
                .script("mkdir /tmp/made 2>/tmp/said; sleep 100");
        Path said = bundle.rootfs().resolve("tmp/said");
        bundle.create().success();
        bundle.confine("start", bundle.id()).success();
        Eventually.holds(
                "the container says what mkdir said",
                () -> Files.exists(said) && Scratch.read(said).contains("Protocol error"));
        bundle.deleteByForce().success();
    }

    @AsEach
    void exec_isFilteredAsTheContainerIs(As as) {
        Bundle bundle =
                withoutMkdir(as, "action: 'SCMP_ACT_ERRNO', errnoRet: 71").args("sleep", "100");
        bundle.run("--detach").success();
        assertThat(bundle.confine("exec", bundle.id(), "mkdir", "/tmp/made").err())
                .contains("Protocol error");
        bundle.deleteByForce().success();
    }

    @AsEach
    void profileThatListsWhatIsAllowed_runsUsualPrograms(As as) {
        Bundle bundle = Bundle.of(as)
                .set("/linux/seccomp", profile())
                .script("ls / | grep -c tmp; (sleep 0.1; echo child) | cat; mkdir /tmp/made && echo made;"
                        + " mount -t tmpfs x /tmp || echo no mount; unshare -U true || echo no namespace");
        Result result = bundle.run().success();
        assertThat(result.out()).isEqualTo("1\nchild\nmade\nno mount\nno namespace\n");
        assertThat(result.err()).contains("mount", "unshare").contains("Operation not permitted");
    }

    /** Some 400 names of calls, three architectures, conditions: what engines give every container. */
    private static String profile() {
        try (InputStream in = SeccompTest.class.getResourceAsStream("many-calls.json")) {
            String profile = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            boolean arm = System.getProperty("os.arch").equals("aarch64");
            return arm ? profile.replaceFirst("\\[[^]]*]", "[\"SCMP_ARCH_AARCH64\", \"SCMP_ARCH_ARM\"]") : profile;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AsEach
    void filterThatForbidsExecution_failsTheStart(As as) {
        Bundle bundle = Bundle.of(as)
                .set(
                        "/linux/seccomp",
                        "{defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{names: ['execve'], action: 'SCMP_ACT_ERRNO'}]}");
        bundle.run().refusal("exec: \"true\"", "EPERM", "/linux/seccomp", "execve");
    }

    @AsEach
    void ruleForAnUnknownCall_isPassedOver_unlessTheAnnotationForbidsIt(As as) {
        Bundle bundle = withoutMkdir(as, "action: 'SCMP_ACT_ERRNO'")
                .add("/linux/seccomp/syscalls", "{names: ['no_such_call'], action: 'SCMP_ACT_ERRNO'}");
        bundle.run().success();
        bundle.set("/annotations", "{'run.oci.seccomp_fail_unknown_syscall': '1'}")
                .run()
                .refusal("\"no_such_call\"", "/linux/seccomp/syscalls", "run.oci.seccomp_fail_unknown_syscall");
    }

    @AsEach
    void whatCannotBe_isRefusedWithItsPlace(As as) {
        withoutMkdir(as, "action: 'SCMP_ACT_KILL', errnoRet: 1")
                .run()
                .refusals("/linux/seccomp/syscalls/0/errnoRet", "SCMP_ACT_KILL");
        withoutMkdir(as, "action: 'SCMP_ACT_ERRNO'")
                .set("/linux/seccomp/architectures", "['SCMP_ARCH_S390X']")
                .run()
                .refusal("/linux/seccomp/architectures/0", "SCMP_ARCH_S390X");
    }

    @Test
    @Requires("user")
    void filter_isKeptForTheNextContainer_unlessOthersMayWriteIt() {
        Bundle bundle = withoutMkdir(As.USER, "action: 'SCMP_ACT_ERRNO', errnoRet: 71");
        Path cache = Scratch.current().directory("cache", As.USER);
        Confine confine = Confine.as(As.USER).env("XDG_CACHE_HOME", cache.toString());
        bundle.run(confine).success();
        Path filter = onlyFile(cache.resolve("confine/seccomp"));
        Object first = fileKey(filter);
        assertThat(bundle.run(confine).success().err()).contains("Protocol error");
        assertThat(fileKey(filter)).isEqualTo(first);
        Scratch.chmod(filter, "rw-rw-rw-");
        assertThat(bundle.run(confine).success().err()).contains("Protocol error");
        assertThat(fileKey(filter)).isNotEqualTo(first);
    }

    private static Path onlyFile(Path directory) {
        assertThat(Scratch.names(directory)).hasSize(1);
        return directory.resolve(Scratch.names(directory).get(0));
    }

    private static Object fileKey(Path file) {
        try {
            return Files.getAttribute(file, "unix:ino");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The library is covered by an empty file, in a mount namespace of the command's own. */
    @Test
    @Requires("root")
    void missingLibrary_isNamedWithItsPackage() {
        Bundle bundle = withoutMkdir(As.ROOT, "action: 'SCMP_ACT_ERRNO', errnoRet: 72");
        Confine confine = Confine.as(As.ROOT)
                .before(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "for f in /usr/lib/*/libseccomp.so.2 /lib*/libseccomp.so.2; do [ ! -e $f ] ||"
                                + " mount --bind /dev/null $f; done; exec \"$@\"",
                        "sh");
        bundle.run(confine).refusal("libseccomp.so.2", "apt-get install libseccomp2", "/linux/seccomp");
    }
}
