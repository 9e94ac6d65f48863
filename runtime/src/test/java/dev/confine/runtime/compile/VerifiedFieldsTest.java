package dev.confine.runtime.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.launch.Program;
import dev.confine.launch.listing.Listing;
import dev.confine.launch.verify.Verifier;
import dev.confine.runtime.compile.Blueprint.Mode;
import dev.confine.runtime.config.SpecReader;
import dev.confine.spec.Spec;
import dev.confine.spi.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A property of config.json at a time: its program does what it says, and keeps the verifier's invariants, by root and by an ordinary user. */
class VerifiedFieldsTest {
    @TempDir
    Path directory;

    private Spec spec(String linux, String process, String mounts, String namespaces) throws IOException {
        String json = """
                {"ociVersion": "1.3.0", "root": {"path": "rootfs"}, "mounts": [%3$s],
                 "process": {"cwd": "/", "args": ["sh"], "noNewPrivileges": true %2$s},
                 "linux": {"namespaces": [{"type": "mount"} %4$s] %1$s}}
                """.formatted(linux, process, mounts, namespaces).replace('\'', '"');
        Path file = Files.writeString(directory.resolve("config.json"), json);
        return SpecReader.read(file.toString());
    }

    private static void assertGood(Spec spec, String step) {
        for (Caller caller : new Caller[] {Blueprints.ROOT, Blueprints.ANA}) {
            for (Mode mode : new Mode[] {Mode.RUN, Mode.CREATE}) {
                Compiled compiled = Compiler.compile(Blueprints.of(caller, spec, mode));
                MouldTest.assertCast(Blueprints.of(caller, spec, mode));
                assertThat(Verifier.check(compiled.program())).isEmpty();
                assertThat(compiled.program().steps())
                        .anyMatch(known -> known.what().contains(step));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            set the I/O priority to IOPRIO_CLASS_BE 3 | "ioPriority": {'class': 'IOPRIO_CLASS_BE', 'priority': 3}
            set the scheduler to SCHED_RR             | "scheduler": {'policy': 'SCHED_RR', 'priority': 3}
            """)
    void property_of_process(String step, String property) throws IOException {
        assertGood(spec("", ", " + property, "", ""), step);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            enter the execution domain | "personality": {'domain': 'LINUX32'}
            set the memory policy MPOL_BIND on the nodes 0-1,70 | "memoryPolicy": {'mode': 'MPOL_BIND', 'nodes': '0-1,70'}
            make the device /dev/a/b | "devices": [{'path': '/dev/a/b', 'type': 'b', 'major': 7, 'minor': 1, 'uid': 4, 'gid': 5}]
            make the device /pipe | "devices": [{'path': '/pipe', 'type': 'p'}]
            set the memory policy MPOL_LOCAL | "memoryPolicy": {'mode': 'MPOL_LOCAL'}
            """)
    void property_of_linux(String step, String property) throws IOException {
        assertGood(spec(", " + property, "", "", ""), step);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            take the SELinux label a:b:c with execve | "selinuxLabel": 'a:b:c' | write(…, "a:b:c", 5)
            label the session keyring a:b:c | "selinuxLabel": 'a:b:c' | "self/attr/keycreate"
            take the AppArmor profile web with execve | "apparmorProfile": 'web' | "exec web", 8)
            take the AppArmor profile web with execve | "apparmorProfile": 'web', "selinuxLabel": 'a' | "self/attr/apparmor/exec"
            """)
    void label_ofTheProcess_ofAContainerAndOfWhatIsAdded(String step, String property, String call) throws IOException {
        Spec spec = spec("", ", " + property, "", "");
        assertGood(spec, step);
        for (Caller caller : new Caller[] {Blueprints.ROOT, Blueprints.ANA}) {
            for (Mode mode : new Mode[] {Mode.EXEC, Mode.EXEC_DETACHED}) {
                Program program = ExecCompiler.compile(Blueprints.of(caller, spec, mode), 42)
                        .program();
                assertThat(Verifier.check(program)).isEmpty();
                assertThat(listing(program)).contains(step).contains(call);
            }
        }
    }

    /** Without the names of registers. */
    private static String listing(Program program) {
        return Listing.text(program).replaceAll("write\\(r[0-9]+", "write(…");
    }

    @Test
    void label_isSet_beforeTheContainerWaits_andNoProcIsOpenedWithoutOne() throws IOException {
        Spec spec = spec("", ", 'apparmorProfile': 'web'", "", "");
        String listing = Listing.text(Compiler.compile(Blueprints.of(Blueprints.ROOT, spec, Mode.CREATE))
                .program());
        assertThat(listing)
                .containsSubsequence(
                        "open the host's /proc", "fstatfs", "pivot_root", "\"exec web\"", "accept4", "execve(");

        Spec without = spec("", "", "", "");
        assertThat(Listing.text(Compiler.compile(Blueprints.of(Blueprints.ROOT, without, Mode.CREATE))
                        .program()))
                .doesNotContain("open the host's /proc", "attr/");
    }

    @Test
    void label_ofMounts() throws IOException {
        String mounts = "{'destination': '/a', 'type': 'tmpfs'}, {'destination': '/proc', 'type': 'proc'},"
                + " {'destination': '/q', 'type': 'mqueue'}, {'destination': '/b', 'type': 'none', 'source': '/x', 'options': ['bind']},"
                + " {'destination': '/c', 'type': 'tmpfs', 'options': ['context=own']}";
        Spec spec = spec(", 'mountLabel': 'a:b:c', 'maskedPaths': ['/d']", "", mounts, "");
        assertGood(spec, "mount mqueue on /q");
        String listing = Listing.text(
                Compiler.compile(Blueprints.of(Blueprints.ROOT, spec, Mode.RUN)).program());
        assertThat(section(listing, "mount tmpfs on /a")).contains("\"context\", \"a:b:c\"");
        assertThat(section(listing, "mount proc on /proc")).doesNotContain("a:b:c");
        assertThat(section(listing, "bind /x on /b")).doesNotContain("a:b:c");
        assertThat(section(listing, "mount mqueue on /q"))
                .contains("fsetxattr", "\"security.selinux\"")
                .doesNotContain("\"context\"");
        assertThat(section(listing, "mount tmpfs on /c"))
                .contains("\"context\", \"own\"")
                .doesNotContain("a:b:c");
        assertThat(section(listing, "mask /d")).contains("\"context\", \"a:b:c\"");
    }

    /** What is between this step's title and the next one. */
    private static String section(String listing, String step) {
        String rest = listing.substring(listing.indexOf(step));
        Matcher next = Pattern.compile("\n[a-z]").matcher(rest);
        return next.find() ? rest.substring(0, next.start()) : rest;
    }

    @Test
    void copy_up() throws IOException {
        String tmpfs = "{'destination': '/etc', 'type': 'tmpfs', 'source': 'tmpfs', 'options': ['tmpcopyup', 'ro']}";
        assertGood(spec("", "", tmpfs, ""), "copy what is in /etc");
    }

    @Test
    void network_devices() throws IOException {
        String devices = ", 'netDevices': {'dm0': {'name': 'eth0'}, 'dm1': {'name': 'net%d'}, 'dm2': {}}";
        assertGood(spec(devices, "", "", ", {'type': 'network'}"), "move network device dm1 into the container");
        assertGood(spec(devices, "", "", ", {'type': 'network', 'path': '/x'}"), "set network device dm2 up");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            make the time namespace with boottime 7 0 | {'type': 'time'}
            make the time namespace with boottime 7 0 | {'type': 'time'}, {'type': 'user', 'path': '/x'}
            """)
    void clocks(String step, String namespaces) throws IOException {
        assertGood(spec(", 'timeOffsets': {'boottime': {'secs': 7}}", "", "", ", " + namespaces), step);
    }
}
