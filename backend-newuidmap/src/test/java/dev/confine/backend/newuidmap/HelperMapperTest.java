package dev.confine.backend.newuidmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.confine.backend.newuidmap.HelperFailure.Cause;
import dev.confine.idmap.Extent;
import dev.confine.idmap.FakeHost;
import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.idmap.MapFiles;
import dev.confine.spi.Caller;
import dev.confine.spi.Callers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelperMapperTest {
    private static final Caller ANA = Callers.ordinary(1001);
    private static final IdMaps SELF = both(new Extent(0, 1001, 1));
    private static final IdMaps AUTO = both(new Extent(0, 1001, 1), new Extent(1, 100000, 65536));

    private final Path proc;
    private final FakeHost host = FakeHost.withAna();
    private final FakeHelpers helpers;
    private final HelperMapper mapper;

    HelperMapperTest(@TempDir Path directory) throws IOException {
        this.proc = directory;
        this.helpers = new FakeHelpers(directory);
        this.mapper = new HelperMapper(new MapFiles(proc.toString()), host, helpers.path());
        Files.createDirectories(proc.resolve("self"));
        Files.createDirectories(proc.resolve("7"));
        parent("0 0 4294967295\n");
    }

    private void parent(String map) throws IOException {
        Files.writeString(proc.resolve("self/uid_map"), map);
        Files.writeString(proc.resolve("self/gid_map"), map);
    }

    private static IdMaps both(Extent... lines) {
        IdMap map = IdMap.of(List.of(lines));
        return new IdMaps(map, map);
    }

    private HelperFailure refusal(IdMaps maps) {
        return catchThrowableOfType(HelperFailure.class, () -> mapper.check(ANA, maps));
    }

    private HelperFailure failure() {
        return catchThrowableOfType(HelperFailure.class, () -> mapper.write(ANA, 7, AUTO));
    }

    @Test
    void self_needsNoHelperAndDeniesSetgroups() {
        mapper.check(ANA, SELF);
        mapper.write(ANA, 7, SELF);
        assertThat(proc.resolve("7/uid_map")).hasContent("0 1001 1\n");
        assertThat(proc.resolve("7/gid_map")).hasContent("0 1001 1\n");
        assertThat(proc.resolve("7/setgroups")).hasContent("deny");
    }

    @Test
    void self_ofRoot_leavesSetgroups() {
        mapper.write(Callers.root(), 7, both(new Extent(0, 0, 1)));
        assertThat(proc.resolve("7/gid_map")).hasContent("0 0 1\n");
        assertThat(proc.resolve("7/setgroups")).doesNotExist();
    }

    @Test
    void manyLines_goThroughTheHelpersInOneCallEach() throws IOException {
        helpers.both();
        List<Extent> lines = new ArrayList<>();
        StringBuilder arguments = new StringBuilder("7");
        for (int i = 0; i < 300; i++) {
            lines.add(new Extent(2L * i, 100000 + 3L * i, 1));
            arguments
                    .append(" ")
                    .append(2 * i)
                    .append(" ")
                    .append(100000 + 3 * i)
                    .append(" 1");
        }
        IdMaps maps = both(lines.toArray(Extent[]::new));
        mapper.check(ANA, maps);
        mapper.write(ANA, 7, maps);
        assertThat(helpers.arguments("newuidmap")).isEqualTo(arguments.toString());
        assertThat(helpers.arguments("newgidmap")).isEqualTo(arguments.toString());
        assertThat(proc.resolve("7/setgroups")).doesNotExist();
    }

    @Test
    void helpers_workAtTheSameTime() throws IOException {
        String wait =
                "; i=0; until [ -e \"$other\" ] || [ $i = 100 ]; do i=$((i+1)); sleep 0.1; done; [ -e \"$other\" ]";
        helpers.add("newuidmap", "other=" + helpers.program("newgidmap.arguments") + wait);
        helpers.add("newgidmap", "other=" + helpers.program("newuidmap.arguments") + wait);
        assertThatCode(() -> mapper.write(ANA, 7, AUTO)).doesNotThrowAnyException();
    }

    @Test
    void write_whenOneHelperFails_namesIt_andTheFirstOfTwo() throws IOException {
        helpers.add("newuidmap", "exit 0").add("newgidmap", "exit 7");
        assertThat(failure().helper()).isEqualTo("newgidmap");
        helpers.add("newuidmap", "sleep 0.2; exit 7");
        assertThat(failure().helper()).isEqualTo("newuidmap");
    }

    @Test
    void helpers_runInAnEnvironmentOfTheirOwn() throws IOException {
        helpers.both();
        mapper.write(ANA, 7, AUTO);
        assertThat(helpers.environment("newuidmap"))
                .contains("LC_ALL=C", "PATH=/usr/bin:/bin:/usr/sbin:/sbin")
                .noneMatch(line -> line.startsWith("HOME=") || line.startsWith("JAVA"));
    }

    @Test
    void ownUidWithManyGroups_asksTheHelperForGroupsAlone() throws IOException {
        helpers.both();
        IdMaps maps = new IdMaps(SELF.uids(), AUTO.gids());
        mapper.check(ANA, maps);
        mapper.write(ANA, 7, maps);
        assertThat(helpers.wasCalled("newuidmap")).isFalse();
        assertThat(proc.resolve("7/uid_map")).hasContent("0 1001 1\n");
        assertThat(helpers.arguments("newgidmap")).isEqualTo("7 0 1001 1 1 100000 65536");
    }

    @Test
    void lineAcrossTheOwnId_isCutAroundIt() throws IOException {
        helpers.both();
        host.file("/etc/subuid", "ana:990:11\nana:1002:10\n").file("/etc/subgid", "ana:1000:100\n");
        IdMaps maps = both(new Extent(0, 1000, 5));
        mapper.check(ANA, maps);
        mapper.write(ANA, 7, maps);
        assertThat(helpers.arguments("newuidmap")).isEqualTo("7 0 1000 1 1 1001 1 2 1002 3");
    }

    @Test
    void lineAcrossABorderOfTheNamespace_isCutThere() throws IOException {
        helpers.both();
        parent("0 0 100010\n100010 200000 1000000\n");
        mapper.write(ANA, 7, both(new Extent(0, 100000, 20)));
        assertThat(helpers.arguments("newuidmap")).isEqualTo("7 0 100000 10 10 100010 10");
    }

    @Test
    void check_ofIdsThatTheNamespaceLacks_showsBothSides() throws IOException {
        helpers.both();
        parent("0 1000 1\n1 100000 65536\n");
        assertThatThrownBy(() -> mapper.check(ANA, AUTO))
                .hasMessage(
                        "uid map: ids 100000 to 165535 are not mapped in the parent user namespace"
                                + " (the map line \"1 100000 65536\" asks for them). The parent has \"0 1000 1\", \"1 100000 65536\"");
    }

    @Test
    void check_ofIdsThatBelongToOthers_saysWhichAreOnesOwn() throws IOException {
        helpers.both();
        HelperFailure failure = refusal(both(new Extent(0, 1000, 32000)));
        assertThat(failure.why()).isEqualTo(Cause.RANGE_NOT_OWNED);
        assertThat(failure)
                .hasMessage(
                        "uid map: the line \"0 1000 32000\" has ids outside that \"ana\" may not give: id 1000, ids 1002 to 32999."
                                + " Theirs are id 1001, and in /etc/subuid ids 100000 to 165535:"
                                + " use those, for example with --map auto, or have root add ids to /etc/subuid");
    }

    @Test
    void check_ofGroupsThatBelongToOthers_saysSo() throws IOException {
        helpers.both();
        host.file("/etc/subgid", "");
        HelperFailure failure = refusal(AUTO);
        assertThat(failure.helper()).isEqualTo("newgidmap");
        assertThat(failure)
                .hasMessage(
                        "gid map: the line \"1 100000 65536\" has ids outside that \"ana\" may not give: ids 100000 to 165535."
                                + " Theirs are id 1001 and none in /etc/subgid: use --map self,"
                                + " or have root add ids to /etc/subgid");
    }

    @Test
    void check_withoutHelpers_saysWhatToInstall() throws IOException {
        HelperFailure failure = refusal(AUTO);
        assertThat(failure.why()).isEqualTo(Cause.MISSING);
        assertThat(failure).hasMessageStartingWith("newuidmap is not installed").hasMessageContaining("--map self");
        helpers.add("newuidmap", "exit 0");
        assertThat(refusal(AUTO).helper()).isEqualTo("newgidmap");
        assertThatCode(() -> mapper.check(ANA, SELF)).doesNotThrowAnyException();
    }

    @Test
    void check_withNoNewPrivileges_isRefused() throws IOException {
        helpers.both();
        host.file("/proc/self/status", "Name:\tjava\nNoNewPrivs:\t1\nSeccomp:\t0\n");
        assertThat(refusal(AUTO).why()).isEqualTo(Cause.NO_NEW_PRIVS);
        assertThatCode(() -> mapper.check(ANA, SELF)).doesNotThrowAnyException();
    }

    @Test
    void write_withoutHelper_saysWhatToInstall() {
        assertThat(failure().why()).isEqualTo(Cause.MISSING);
    }

    @Test
    void write_whenTheRangeIsNotOwned_saysSo() throws IOException {
        helpers.add("newuidmap", "echo 'newuidmap: uid range [1-65537) -> [100000-165536) not allowed' >&2; exit 1");
        assertThat(failure().why()).isEqualTo(Cause.RANGE_NOT_OWNED);
        assertThat(failure())
                .hasMessage("newuidmap: uid range [1-65537) -> [100000-165536) not allowed:"
                        + " /etc/subuid, or what nsswitch.conf names in its place, does not give you these ids");
    }

    @Test
    void write_whenTheHelperLostItsPrivileges_saysHowToGiveThemBack() throws IOException {
        refusingHelper();
        HelperFailure failure = failure();
        assertThat(failure.why()).isEqualTo(Cause.NOT_PRIVILEGED);
        assertThat(failure)
                .hasMessageStartingWith("newuidmap: write to uid_map failed: Operation not permitted: ")
                .hasMessageEndingWith("`chown root " + helpers.program("newuidmap") + " && chmod u+s "
                        + helpers.program("newuidmap") + "`");
    }

    @Test
    void write_whenTheHelperIsOnANosuidMount_namesTheMount() throws IOException {
        refusingHelper();
        host.file(
                "/proc/self/mountinfo",
                "20 1 0:1 / / rw,nosuid - ext4 a rw\n21 20 0:2 / " + proc.toRealPath()
                        + " rw,relatime,nosuid,nodev shared:1 - tmpfs b rw\n22 20 0:3 / /other rw - tmpfs c rw\n");
        HelperFailure failure = failure();
        assertThat(failure.why()).isEqualTo(Cause.NOSUID_MOUNT);
        assertThat(failure).hasMessageContaining("mounted nosuid, on " + proc.toRealPath() + ": ");
    }

    @Test
    void write_whenTheHelperIsOnAMountWithSuidBelowOneWithout_isNotBlamedOnTheMount() throws IOException {
        refusingHelper();
        host.file(
                "/proc/self/mountinfo",
                "21 20 0:2 / " + proc.toRealPath() + " rw - tmpfs b rw\n20 1 0:1 / / rw,nosuid - ext4 a rw\n");
        assertThat(failure().why()).isEqualTo(Cause.NOT_PRIVILEGED);
    }

    @Test
    void write_withNoNewPrivileges_isBlamedOnThem() throws IOException {
        refusingHelper();
        host.file("/proc/self/status", "Name:\tjava\nNoNewPrivs:\t1\n");
        assertThat(failure().why()).isEqualTo(Cause.NO_NEW_PRIVS);
    }

    @Test
    void write_whenTheHelperFailsInSilence_givesItsExitCode() throws IOException {
        helpers.add("newuidmap", "exit 77");
        HelperFailure failure = failure();
        assertThat(failure.why()).isEqualTo(Cause.OTHER);
        assertThat(failure).hasMessage(helpers.program("newuidmap") + " ended with exit code 77 and said nothing");
    }

    @Test
    void write_whenTheHelperSaysALot_isOneLine() throws IOException {
        helpers.add("newuidmap", "printf 'first\\nsecond\\033[1m\\n' >&2; seq 1 100000 >&2; exit 3");
        assertThat(failure().getMessage())
                .startsWith("first; second?[1m; 1; 2; ")
                .doesNotContain("\n")
                .hasSizeLessThan(1500);
    }

    @Test
    void write_whenTheHelperCannotBeStarted_isSaid() throws IOException {
        Path program = Files.writeString(proc.resolve("newuidmap"), "#!/nowhere/interpreter\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThat(failure().why()).isEqualTo(Cause.OTHER);
        assertThat(failure()).hasMessageContaining(program + " cannot be started");
    }

    private void refusingHelper() throws IOException {
        helpers.add("newuidmap", "echo 'newuidmap: write to uid_map failed: Operation not permitted' >&2; exit 1");
    }
}
