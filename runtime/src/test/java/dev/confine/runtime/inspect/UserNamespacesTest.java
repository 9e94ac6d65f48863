package dev.confine.runtime.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.confine.idmap.IdMap;
import dev.confine.spec.NamespaceType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UserNamespacesTest {
    private static final NamespaceId OUTER = new NamespaceId(NamespaceType.USER, 100);
    private static final NamespaceId EMPTY = new NamespaceId(NamespaceType.USER, 200);
    private static final NamespaceId INNER = new NamespaceId(NamespaceType.USER, 300);
    private static final NamespaceId OURS = FakeProc.first(NamespaceType.USER);

    private final FakeRelations relations = new FakeRelations()
            .put(OURS, NamespaceRelations.UNKNOWN)
            .put(OUTER, new NamespaceRelations(OURS, OURS, 1000))
            .put(EMPTY, new NamespaceRelations(OUTER, OUTER, 1001))
            .put(INNER, new NamespaceRelations(EMPTY, EMPTY, 1002));

    @TempDir
    private Path directory;

    private FakeProc nested() {
        return new FakeProc(directory)
                .process(10, 1, 100000, "outer")
                .in(10, NamespaceType.USER, 100)
                .maps(10, "         0     100000      65536\n")
                .process(11, 10, 100005, "inner")
                .in(11, NamespaceType.USER, 300)
                .maps(11, "         0     100005         10\n        10 4294967295 5\n");
    }

    @Test
    void chain_ofNested_leadsToOurs() {
        List<UserNamespace> chain = new UserNamespaces(nested().proc(), relations).chain(11);
        assertThat(chain)
                .containsExactly(
                        new UserNamespace(INNER, 11, false, IdMap.of(0, 100005, 10), IdMap.of(0, 100005, 10), 1002),
                        new UserNamespace(EMPTY, 0, false, null, null, 1001),
                        new UserNamespace(
                                OUTER, 10, false, IdMap.of(0, 100000, 65536), IdMap.of(0, 100000, 65536), 1000),
                        new UserNamespace(OURS, 0, true, UserNamespace.IDENTITY, UserNamespace.IDENTITY, -1));
    }

    @Test
    void chain_ofOurs_isOurs() {
        assertThat(new UserNamespaces(nested().process(9, 1, 0, "x").proc(), relations).chain(9))
                .extracting(UserNamespace::ours)
                .containsExactly(true);
    }

    @Test
    void chain_ofEnded_isRefused() {
        assertThatThrownBy(() -> new UserNamespaces(nested().proc(), relations).chain(77))
                .hasMessageContaining("77")
                .hasMessageContaining("ESRCH");
    }

    @Test
    void between_twoLevels_isTheMapOfTheLower() {
        IdMap inner = IdMap.of(0, 100005, 10);
        IdMap outer = IdMap.of(0, 100000, 65536);
        assertThat(UserNamespace.between(inner, outer)).isEqualTo(IdMap.of(0, 5, 10));
        assertThat(UserNamespace.between(inner, UserNamespace.IDENTITY)).isEqualTo(inner);
        assertThat(UserNamespace.between(inner, IdMap.of(0, 5, 7))).isNull();
    }

    @Test
    void map_withoutLines_isNone() {
        assertThat(UserNamespace.parse("")).isNull();
        assertThat(UserNamespace.parse("0 4294967295 10\n")).isNull();
    }

    @Test
    void relations_ofThisProcess_areTold() {
        Map<NamespaceId, NamespaceRelations> known = new HashMap<>();
        Proc proc = Proc.ofThisHost();
        NamespaceId network = Objects.requireNonNull(proc.ownNamespace(NamespaceType.NETWORK));
        NamespaceRelations.ofThisHost().explore(network, proc.ownPath("ns/net"), known);
        NamespaceId owner = Objects.requireNonNull(known.get(network)).owner();
        assertThat(owner == null || owner.type() == NamespaceType.USER).isTrue();
        NamespaceRelations.ofThisHost().explore(network, "/dev/null/no", known);
        NamespaceRelations.ofThisHost().exploreBound(new NamespaceId(NamespaceType.NETWORK, 1), "/", "/etc", known);
        assertThat(known).doesNotContainKey(new NamespaceId(NamespaceType.NETWORK, 1));
    }
}
