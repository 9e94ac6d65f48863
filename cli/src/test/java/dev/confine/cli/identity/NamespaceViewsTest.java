package dev.confine.cli.identity;

import static dev.confine.cli.identity.FakeHost.FIRST_USER;
import static dev.confine.cli.identity.FakeHost.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.cli.args.NsArguments.Tree;
import dev.confine.cli.text.DisplayWidth;
import dev.confine.cli.text.Screen;
import dev.confine.cli.verb.Schema;
import dev.confine.runtime.inspect.ContainerName;
import dev.confine.runtime.inspect.NamespaceId;
import dev.confine.spec.NamespaceType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NamespaceViewsTest {
    private static final NamespaceId USER = id(NamespaceType.USER, 100);
    private static final NamespaceId INNER = id(NamespaceType.USER, 101);
    private static final NamespaceId NET = id(NamespaceType.NETWORK, 102);
    private static final NamespaceId KEPT = id(NamespaceType.NETWORK, 103);

    @TempDir
    private Path directory;

    private FakeHost host = new FakeHost(Path.of("/nowhere-yet-unused"));

    @BeforeEach
    void host() {
        host = new FakeHost(directory)
                .namespace(USER, FIRST_USER)
                .namespace(INNER, USER)
                .namespace(NET, INNER)
                .namespace(KEPT, FIRST_USER)
                .process(1, 0, 0, "init")
                .process(2, 1, 1000, "shell")
                .process(50, 2, 100000, "名前 \u001b[2J", USER)
                .file("50/cgroup", "0::/docker-" + "a".repeat(64) + ".scope\n")
                .process(51, 50, 100005, "inner", INNER, NET)
                .file("51/uid_map", "0 100005 1\n")
                .file("rootfs/etc/passwd", "boss:x:0:0::/:/bin/sh\n")
                .link("51/root", directory + "/rootfs");
    }

    private List<String> table(Tree tree, Screen screen) {
        Observation observation = host.observation();
        return Arrays.asList(NamespaceTable.of(observation.all(), tree, observation.host(), screen)
                .split("\n"));
    }

    private static String squeezed(List<String> lines, String start) {
        return lines.stream()
                .map(line -> line.replaceAll(" +", " "))
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElse("");
    }

    @Test
    void line_ofNamespace_saysAllOfIt() {
        List<String> lines = table(Tree.NONE, Screen.PLAIN);
        assertThat(squeezed(lines, "user 1 ")).isEqualTo("user 1 2 1 root,ana all init");
        assertThat(squeezed(lines, "user 100 "))
                .isEqualTo("user 100 1 50 #100000 1 1 0:100000:65536 docker aaaaaaaaaaaa 名前 ?[2J");
        assertThat(squeezed(lines, "user 101 "))
                .isEqualTo("user 101 1 51 #100005 100 100 u 0:100005:1 g 0:100000:65536 inner");
        assertThat(squeezed(lines, "net 103 ")).isEqualTo("net 103 0 1 (bound to /run/netns/kept)");
    }

    @Test
    void tree_byOwner_hasWhatIsOwnedBelow() {
        List<String> lines = table(Tree.OWNER, Screen.PLAIN);
        assertThat(squeezed(lines, "user 1 ")).isNotEmpty();
        assertThat(squeezed(lines, "└─user 100 ")).isNotEmpty();
        assertThat(squeezed(lines, " └─user 101 ")).isNotEmpty();
        assertThat(squeezed(lines, " └─net 102 ")).isNotEmpty();
        assertThat(table(Tree.OWNER, new Screen(Screen.ENDLESS, false, false)))
                .allMatch(line -> line.startsWith("TYPE") || line.matches("[ a-z|`-]+ .*[0-9].*"));
    }

    @Test
    void tree_byParent_hasTypesWithParentsAlone() {
        assertThat(table(Tree.PARENT, Screen.PLAIN)).noneMatch(line -> line.contains("net "));
    }

    @Test
    void tree_byProcess_followsTheParents() {
        List<String> lines = table(Tree.PROCESS, Screen.PLAIN);
        assertThat(squeezed(lines, "└─net 102 ")).isNotEmpty();
        assertThat(squeezed(lines, " └─user 101 ")).isNotEmpty();
    }

    @Test
    void table_onNarrowScreens_isReadable() {
        for (int columns : new int[] {60, 80, 100, 120}) {
            assertThat(table(Tree.NONE, new Screen(columns, false, true)))
                    .allMatch(line -> DisplayWidth.of(line) <= columns)
                    .anyMatch(line -> line.contains("user") && line.contains("101") && line.contains("inner"));
        }
    }

    @Test
    void json_ofAll_isAsDocumented() {
        Observation observation = host.observation();
        String json = new NamespaceJson(observation).document(observation.all());
        assertThat(Schema.ours("ns").errors(Schema.parse(json))).isEmpty();
        assertThat(Schema.parse(json).at("/unreadable").asInt()).isEqualTo(3);
        assertThat(json).contains("\"engine\": \"docker\"").contains("/run/netns/kept");
    }

    @Test
    void json_ofMembers_isAsDocumented() {
        Observation observation = host.observation();
        String json = new MemberList(observation, host.facts(INNER)).json();
        assertThat(Schema.ours("ns-processes").errors(Schema.parse(json))).isEmpty();
        assertThat(Schema.parse(json).at("/processes/0/userInside").toString())
                .isEqualTo("{\"uid\":0,\"mapped\":true,\"name\":\"boss\"}");
        assertThat(Schema.parse(json).at("/processes/0/pidInside").asInt()).isEqualTo(7);
    }

    @Test
    void members_inTable_areNamedOnBothSides() {
        Observation observation = host.observation();
        List<String> lines = Arrays.asList(new MemberList(observation, host.facts(INNER))
                .table(Screen.PLAIN)
                .split("\n"));
        assertThat(lines.get(0))
                .isEqualTo("user:[101], owner 100, parent 100, made by ana, maps u 0:100005:1 g 0:100000:65536");
        assertThat(squeezed(lines, " 51")).isEqualTo(" 51 7 50 #100005 boss 2 S /some/cgroup inner");
    }

    @Test
    void change_asJson_isAsDocumented() {
        String line = NamespaceWatch.json("now", "new", host.facts(NET), new NamespaceJson(host.observation()));
        assertThat(Schema.ours("ns-change").errors(Schema.parse(line))).isEmpty();
        assertThat(line.indexOf('\n')).isEqualTo(line.length() - 1);
    }

    @Test
    void change_whenItsContainerBecomesKnown_isOne() {
        NamespaceFacts before = host.facts(NET);
        ContainerName name = new ContainerName(ContainerName.Engine.CONFINE, "web", "");
        NamespaceFacts after = new NamespaceFacts(before.namespace(), List.of(), "", name, null, null);
        assertThat(NamespaceWatch.event(null, before)).isEqualTo("new");
        assertThat(NamespaceWatch.event(before, before)).isEmpty();
        assertThat(NamespaceWatch.event(before, after)).isEqualTo("named");
        assertThat(NamespaceWatch.event(after, before)).isEmpty();
    }

    @Test
    void graph_ofNamespaces_leadsFromOwnerToOwned() {
        assertThat(NamespaceDot.of(host.observation().all()))
                .startsWith("digraph")
                .contains("user_1 -> user_100 [style=bold];")
                .contains("user_101 -> net_102;")
                .doesNotContain("\u001b");
    }
}
