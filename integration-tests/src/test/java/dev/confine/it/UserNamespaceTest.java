package dev.confine.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Id maps and the user namespace, beyond what {@link ScenarioTest} walks through; namespaces(7), user_namespaces(7). */
@Containers
final class UserNamespaceTest {
    @AsEach
    void twentyExtents_areAllThere(As as) {
        String[] extents = extents(as, 20);
        String map = Bundle.of(as)
                .userNamespace(extents)
                .args("cat", "/proc/self/uid_map", "/proc/self/gid_map")
                .output();
        List<String> twice = new ArrayList<>(List.of(extents));
        twice.addAll(List.of(extents));
        assertThat(map.lines().map(line -> line.strip().replaceAll(" +", ":"))).containsExactlyElementsOf(twice);
    }

    @AsEach
    void asManyExtentsAsFitInAPage_areAllThere(As as) {
        String count = Bundle.of(as)
                .userNamespace(extents(as, 200))
                .args("wc", "-l", "/proc/self/uid_map")
                .output();
        assertThat(count).isEqualTo("200 /proc/self/uid_map");
    }

    @AsEach
    void oneLineTooMany_isRefused(As as) {
        Bundle.of(as).userNamespace(extents(as, 341)).run().refusals("341", "340");
    }

    @AsEach
    void moreThanAPage_isRefused(As as) {
        Bundle.of(as).userNamespace(extents(as, 340)).run().refusals("340 lines", "bytes", "4095");
    }

    /** A first one with the usual ids, then every second id, so that none can be joined with the next. */
    private static String[] extents(As as, int count) {
        String[] extents = new String[count];
        extents[0] = "0:" + as.firstSubordinate() + ":100";
        for (int i = 1; i < count; i++) {
            extents[i] = 100 + 2 * i + ":" + (as.firstSubordinate() + 100 + 2L * i) + ":1";
        }
        return extents;
    }

    @AsEach
    void overlap_isRefusedWithBothLines(As as) {
        long first = as.firstSubordinate();
        Bundle.of(as)
                .userNamespace("0:" + first + ":10", "5:" + (first + 100) + ":10")
                .run()
                .refusals("/linux/uidMappings", "\"0 " + first + " 10\"", "\"5 " + (first + 100) + " 10\"");
    }

    @AsEach
    void overlapOutside_isRefusedWithBothLines(As as) {
        long first = as.firstSubordinate();
        Bundle.of(as)
                .userNamespace("0:" + first + ":10", "100:" + (first + 9) + ":10")
                .run()
                .refusals("/linux/uidMappings", "\"0 " + first + " 10\"", "\"100 " + (first + 9) + " 10\"");
    }

    @AsEach
    void emptyExtent_isRefused(As as) {
        Bundle.of(as).userNamespace("0:" + as.firstSubordinate() + ":0").run().refusals("/linux/uidMappings/0", "size");
    }

    @Test
    void idsOfOthers_areRefusedWithTheRangesOfTheCaller() {
        Bundle.of(As.USER)
                .userNamespace("0:0:10")
                .run()
                .refusal("/etc/subuid", As.USER.userName(), Long.toString(As.USER.firstSubordinate()));
    }

    @AsEach
    void rootOfContainerUnmapped_works(As as) {
        Bundle bundle = Bundle.of(as)
                .userNamespace("1:" + as.firstSubordinate() + ":2000")
                .set("/process/user", "{uid: 1000, gid: 1000}");
        assertThat(bundle.args("id", "-u").output()).isEqualTo("1000");
    }

    @AsEach
    void unmappedUser_isRefusedWithTheMap(As as) {
        Bundle.of(as)
                .userNamespace("0:" + as.firstSubordinate() + ":10")
                .set("/process/user", "{uid: 4711, gid: 3}")
                .run()
                .refusal("4711", "/process/user/uid", "\"0 " + as.firstSubordinate() + " 10\"");
    }

    @AsEach
    void unmappedAdditionalGroup_isRefusedWithTheMap(As as) {
        Bundle.of(as)
                .userNamespace("0:" + as.firstSubordinate() + ":10")
                .set("/process/user", "{uid: 0, gid: 0, additionalGids: [5, 4711]}")
                .run()
                .refusal("4711", "/process/user/additionalGids/1", "\"0 " + as.firstSubordinate() + " 10\"");
    }

    @AsEach
    void additionalGroups_areThoseOfConfig(As as) {
        Bundle bundle = Bundle.of(as)
                .userNamespace("0:" + as.firstSubordinate() + ":100")
                .set("/process/user", "{uid: 0, gid: 0, additionalGids: [5, 7]}");
        assertThat(bundle.args("id", "-G").output()).isEqualTo("0 5 7");
    }

    // ---- setgroups: denied only where the kernel forces it

    @Test
    void setgroups_mapSelf_isDenied() {
        assertThat(Bundle.of(As.USER)
                        .withoutUserNamespace()
                        .args("cat", "/proc/self/setgroups")
                        .output("--map", "self"))
                .isEqualTo("deny");
    }

    @AsEach
    void setgroups_mapAuto_isAllowed(As as) {
        assertThat(Bundle.of(as)
                        .withoutUserNamespace()
                        .args("cat", "/proc/self/setgroups")
                        .output("--map", "auto"))
                .isEqualTo("allow");
    }

    @Test
    void setgroups_mapSelfWithAdditionalGroups_isRefusedWithTheReason() {
        Bundle.of(As.USER)
                .withoutUserNamespace()
                .set("/process/user", "{uid: 0, gid: 0, additionalGids: [0]}")
                .run("--map", "self")
                .refusal("additionalGids", "setgroups", "--map auto");
    }

    // ---- presets

    @Test
    void mapAuto_ofUser_isYourIdAndAllSubordinateOnes() {
        Account user = account();
        String map = Bundle.of(As.USER)
                .withoutUserNamespace()
                .args("cat", "/proc/self/uid_map")
                .output("--map", "auto");
        assertThat(fields(map)).startsWith("0:" + user.uid() + ":1");
        assertThat(fields(map).get(1)).startsWith("1:" + user.firstSubordinate() + ":");
    }

    @Test
    void mapAuto_ofRoot_isAFullOffset() {
        String map = Bundle.of(As.ROOT)
                .withoutUserNamespace()
                .args("cat", "/proc/self/uid_map")
                .output("--map", "auto");
        List<String> extents = fields(map);
        assertThat(extents).hasSize(1);
        String[] numbers = extents.get(0).split(":");
        assertThat(numbers[0]).isEqualTo("0");
        assertThat(Long.parseLong(numbers[1])).isPositive();
        assertThat(Long.parseLong(numbers[2])).isGreaterThanOrEqualTo(65_536);
    }

    @AsEach
    void mapSelf_isOneId(As as) {
        String map = Bundle.of(as)
                .withoutUserNamespace()
                .args("cat", "/proc/self/uid_map", "/proc/self/gid_map")
                .output("--map", "self");
        assertThat(fields(map)).containsExactly("0:" + as.uid() + ":1", "0:" + as.uid() + ":1");
    }

    @Test
    void mapKeepId_isYouInsideToo() {
        Account user = account();
        String ids = Bundle.of(As.USER)
                .withoutUserNamespace()
                .set("/process/user", "{uid: " + user.uid() + ", gid: " + user.gid() + "}")
                .script("id -u; cat /proc/self/uid_map")
                .output("--map", "keep-id");
        assertThat(ids.lines().findFirst()).contains(Long.toString(user.uid()));
        assertThat(fields(ids)).contains(user.uid() + ":" + user.uid() + ":1");
    }

    @Test
    void specOfMapKeepId_makesYouTheUser() {
        Account user = account();
        Path bundle = Scratch.current().directory("keep-id", As.USER);
        Confine.as(As.USER)
                .in(bundle)
                .run("spec", "--rootless", "--map", "keep-id")
                .success();
        JsonNode written =
                Config.parse(Scratch.read(bundle.resolve("config.json"))).at("/process/user");
        assertThat(written.at("/uid").asLong()).isEqualTo(user.uid());
        assertThat(written.at("/gid").asLong()).isEqualTo(user.uid());
    }

    @AsEach
    void explicitMaps_repeat(As as) {
        long first = as.firstSubordinate();
        String map = Bundle.of(as)
                .withoutUserNamespace()
                .args("cat", "/proc/self/uid_map", "/proc/self/gid_map")
                .output(
                        "--uid-map", "0:" + first + ":5",
                        "--uid-map", "100:" + (first + 100) + ":5",
                        "--gid-map", "0:" + (first + 200) + ":5");
        assertThat(fields(map))
                .containsExactly("0:" + first + ":5", "100:" + (first + 100) + ":5", "0:" + (first + 200) + ":5");
    }

    @AsEach
    void explicitMap_malformed_isRefused(As as) {
        for (String map : List.of("0:1", "a:b:c", "0:-1:1", "0:1:4294967296", "", "0:1:2:3")) {
            Bundle.of(as, "box" + map.hashCode())
                    .withoutUserNamespace()
                    .run("--uid-map", map)
                    .refusal("\"" + map + "\"");
        }
    }

    @AsEach
    void unknownPreset_isRefusedWithTheOnesThereAre(As as) {
        Bundle.of(as).withoutUserNamespace().run("--map", "magic").refusal("magic", "auto", "self", "keep-id");
    }

    // ---- joining

    @AsEach
    void joinedUserNamespace_hasItsMap(As as) {
        Bundle first = held(as);
        Bundle second = Bundle.of(as, "second").withoutUserNamespace();
        second.add("/linux/namespaces", "{type: 'user', path: '/proc/" + first.pid() + "/ns/user'}");
        assertThat(fields(second.args("cat", "/proc/self/uid_map").output()))
                .containsExactly("0:" + as.firstSubordinate() + ":10", "100:" + (as.firstSubordinate() + 100) + ":10");
        first.deleteByForce().success();
    }

    @AsEach
    void joinedUserNamespace_sameMappingInAnotherOrder_works(As as) {
        Bundle first = held(as);
        Bundle second = joining(as, first, as.firstSubordinate());
        assertThat(second.args("id", "-u").output()).isEqualTo("0");
        first.deleteByForce().success();
    }

    @AsEach
    void joinedUserNamespace_anotherMapping_isRefusedWithBoth(As as) {
        Bundle first = held(as);
        long other = as.firstSubordinate() + 1;
        joining(as, first, other)
                .run()
                .refusal("uidMappings", Long.toString(other), Long.toString(as.firstSubordinate()));
        first.deleteByForce().success();
    }

    private static Bundle held(As as) {
        Bundle first = Bundle.of(as, "first")
                .userNamespace("0:" + as.firstSubordinate() + ":10", "100:" + (as.firstSubordinate() + 100) + ":10");
        first.args("sleep", "100").run("--detach").success();
        return first;
    }

    private static Bundle joining(As as, Bundle first, long root) {
        Bundle second = Bundle.of(as, "second")
                .userNamespace("100:" + (as.firstSubordinate() + 100) + ":10", "0:" + root + ":10")
                .withoutNamespace("user");
        return second.add("/linux/namespaces", "{type: 'user', path: '/proc/" + first.pid() + "/ns/user'}");
    }

    private static Account account() {
        As.USER.require();
        return Account.ordinary();
    }

    private static List<String> fields(String map) {
        return map.lines().map(line -> line.strip().replaceAll(" +", ":")).toList();
    }
}
