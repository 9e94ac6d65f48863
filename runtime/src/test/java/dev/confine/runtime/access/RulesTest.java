package dev.confine.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.confine.idmap.IdMap;
import dev.confine.idmap.IdMaps;
import dev.confine.spec.Capability;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** That the rules are the kernel's own is shown by an integration test; these are properties that must hold whatever the kernel does. */
final class RulesTest {
    private static final MountFacts PLAIN = MountFacts.plain("/", "ext4");
    private static final IdMaps SHIFTED = maps(0, 1000, 100);
    private static final long OVERRIDE = bit(Capability.CAP_DAC_OVERRIDE);
    private static final long SEARCH = bit(Capability.CAP_DAC_READ_SEARCH);

    private static IdMaps maps(long inside, long outside, long size) {
        IdMap map = IdMap.of(inside, outside, size);
        return new IdMaps(map, map);
    }

    private static long bit(Capability capability) {
        return 1L << capability.number();
    }

    private static Credentials user(long uid, long gid, long capabilities) {
        return new Credentials(uid, gid, List.of(), capabilities, null);
    }

    private static Inode file(int mode, long uid, long gid) {
        return new Inode(Inode.Type.REGULAR, uid, gid, mode, null, false);
    }

    private static Inode directory(int mode, long uid, long gid) {
        return new Inode(Inode.Type.DIRECTORY, uid, gid, mode, null, false);
    }

    private static Inode listed(int mode, Acl.Entry... entries) {
        return new Inode(Inode.Type.REGULAR, 1, 1, mode, new Acl(List.of(entries)), false);
    }

    private static boolean may(Credentials who, Inode inode, int wanted) {
        return Rules.access(who, inode, PLAIN, wanted).allows();
    }

    // ---- classes

    @Example
    void owner_withoutPermission_isRefusedWhateverOthersHave() {
        assertThat(may(user(5, 5, 0), file(0077, 5, 5), 4)).isFalse();
        assertThat(may(user(6, 5, 0), file(0707, 5, 5), 4)).isFalse();
        assertThat(may(user(6, 6, 0), file(0707, 5, 5), 7)).isTrue();
    }

    @Example
    void list_withoutMask_isNotLookedAt() {
        Acl.Entry named = new Acl.Entry(Acl.Tag.USER, 7, 9);
        Acl.Entry mask = new Acl.Entry(Acl.Tag.MASK, 0, Inode.UNKNOWN);
        Acl.Entry others = new Acl.Entry(Acl.Tag.OTHER, 0, Inode.UNKNOWN);
        assertThat(may(user(9, 9, 0), listed(0700, named, mask, others), 4)).isFalse();
        assertThat(may(user(9, 9, 0), listed(0704, named, mask, others), 4)).isTrue();
    }

    @Example
    void mask_boundsNamedEntries() {
        Acl.Entry named = new Acl.Entry(Acl.Tag.USER, 7, 9);
        Acl.Entry mask = new Acl.Entry(Acl.Tag.MASK, 4, Inode.UNKNOWN);
        Inode inode = listed(0740, named, mask, new Acl.Entry(Acl.Tag.OTHER, 7, Inode.UNKNOWN));
        assertThat(may(user(9, 9, 0), inode, 4)).isTrue();
        assertThat(may(user(9, 9, 0), inode, 2)).isFalse();
        assertThat(Rules.match(user(9, 9, 0), inode, 2).masked()).isEqualTo(3);
    }

    @Example
    void anyGroup_thatGivesAll_isEnough_andNoneOfThemFallsToOthers() {
        Inode inode = listed(
                0777,
                new Acl.Entry(Acl.Tag.GROUP_OBJ, 4, Inode.UNKNOWN),
                new Acl.Entry(Acl.Tag.GROUP, 2, 9),
                new Acl.Entry(Acl.Tag.MASK, 7, Inode.UNKNOWN),
                new Acl.Entry(Acl.Tag.OTHER, 7, Inode.UNKNOWN));
        Credentials both = new Credentials(7, 1, List.of(9L), 0, null);
        assertThat(may(both, inode, 2)).isTrue();
        assertThat(may(both, inode, 6)).isFalse();
        assertThat(may(both, inode, 1)).isFalse();
        assertThat(may(user(7, 7, 0), inode, 7)).isTrue();
    }

    // ---- capabilities

    @Example
    void capability_countsOnlyWhereBothIdsAreMapped() {
        Credentials root = new Credentials(1000, 1000, List.of(), OVERRIDE, SHIFTED);
        assertThat(may(root, directory(0700, 1005, 1005), 7)).isTrue();
        assertThat(may(root, directory(0700, 0, 1005), 1)).isFalse();
        assertThat(may(root, directory(0700, 1005, 0), 1)).isFalse();
        assertThat(Rules.search(root, directory(0700, 0, 0)).counts()).isFalse();
        assertThat(Rules.search(root, directory(0700, 0, 0)).held()).isTrue();
    }

    @Example
    void searchCapability_readsAndSearches_andNothingElse() {
        Credentials backup = user(5, 5, SEARCH);
        assertThat(may(backup, directory(0, 0, 0), 5)).isTrue();
        assertThat(may(backup, file(0, 0, 0), 4)).isTrue();
        assertThat(may(backup, file(0111, 0, 0), 5)).isFalse();
        assertThat(may(backup, directory(0, 0, 0), 2)).isFalse();
    }

    @Example
    void nobody_executesAFileWithoutAnyX() {
        assertThat(may(user(0, 0, -1), file(0666, 0, 0), 1)).isFalse();
        assertThat(may(user(0, 0, -1), file(0010, 5, 5), 1)).isTrue();
        assertThat(Rules.access(user(0, 0, -1), file(0666, 0, 0), PLAIN, 1).capability())
                .isNull();
    }

    // ---- mounts

    @Example
    void readOnlyMount_refusesFilesAndNotDevices() {
        MountFacts mount = new MountFacts("/", "ext4", true, false, true, true, false, false, null, false);
        Credentials root = user(0, 0, -1);
        assertThat(Rules.access(root, file(0777, 0, 0), mount, 2).reason()).isEqualTo(Reason.READ_ONLY_MOUNT);
        assertThat(Rules.access(root, file(0777, 0, 0), mount, 1).reason()).isEqualTo(Reason.NOEXEC);
        assertThat(Rules.access(root, directory(0777, 0, 0), mount, 1).allows()).isTrue();
        Inode device = new Inode(Inode.Type.CHARACTER, 0, 0, 0666, null, false);
        assertThat(Rules.access(root, device, mount, 2).allows()).isTrue();
        // permissions come first
        assertThat(Rules.access(user(9, 9, 0), file(0, 0, 0), mount, 2).reason())
                .isEqualTo(Reason.PERMISSIONS);
    }

    @Example
    void readOnlyFileSystem_andImmutable_comeBeforePermissions() {
        MountFacts sealed = new MountFacts("/", "ext4", false, true, false, false, false, false, null, false);
        assertThat(Rules.access(user(9, 9, 0), file(0, 0, 0), sealed, 2).reason())
                .isEqualTo(Reason.READ_ONLY_FILE_SYSTEM);
        Inode immutable = new Inode(Inode.Type.REGULAR, 0, 0, 0777, null, true);
        assertThat(Rules.access(user(0, 0, -1), immutable, PLAIN, 2).reason()).isEqualTo(Reason.IMMUTABLE);
        assertThat(Rules.access(user(0, 0, -1), immutable, PLAIN, 4).allows()).isTrue();
    }

    @Example
    void nothingIsWritten_whereTheMountKnowsNoOwner() {
        Inode lost = file(0777, Inode.UNKNOWN, 0);
        assertThat(Rules.access(user(0, 0, -1), lost, PLAIN, 2).reason()).isEqualTo(Reason.NO_OWNER);
        assertThat(may(user(0, 0, 0), lost, 5)).isTrue();
        assertThat(may(user(Inode.UNKNOWN, 0, 0), file(0700, Inode.UNKNOWN, 5), 4))
                .isFalse();
    }

    // ---- properties

    @Property
    void lessWanted_isAllowedWhereMoreIs(
            @ForAll("who") Credentials who,
            @ForAll("inodes") Inode inode,
            @ForAll @IntRange(min = 1, max = 7) int more) {
        if (may(who, inode, more)) {
            for (int less = 1; less <= 7; less++) {
                if ((less & more) == less) {
                    assertThat(may(who, inode, less)).isTrue();
                }
            }
        }
    }

    @Property
    void moreCapabilities_neverTakeAnything(
            @ForAll("who") Credentials who,
            @ForAll("inodes") Inode inode,
            @ForAll @IntRange(min = 1, max = 7) int wanted) {
        if (may(who, inode, wanted)) {
            assertThat(may(who.with(Capability.CAP_DAC_OVERRIDE), inode, wanted))
                    .isTrue();
            assertThat(may(who.with(Capability.CAP_DAC_READ_SEARCH), inode, wanted))
                    .isTrue();
        }
    }

    @Property
    void everyCure_ofPermissions_namesAHostIdOrALine_andRanksUpwards(
            @ForAll("who") Credentials who,
            @ForAll("inodes") Inode inode,
            @ForAll @IntRange(min = 1, max = 7) int wanted) {
        Decision decision = Rules.access(who, inode, PLAIN, wanted);
        Tree.Node node = new Tree.Node("/x", inode, PLAIN, "/proc/1/root/x", 3);
        List<Cure> cures = Cures.of(who, new Verdict.Step("/x", node, decision));
        if (decision.allows()) {
            assertThat(cures).isEmpty();
        }
        List<Cure.Kind> kinds = new ArrayList<>();
        for (Cure cure : cures) {
            kinds.add(cure.kind());
            assertThat(cure.how()).isNotEmpty();
        }
        assertThat(kinds).isSorted().doesNotHaveDuplicates();
    }

    @Property
    void capabilityCure_works(
            @ForAll("who") Credentials who,
            @ForAll("inodes") Inode inode,
            @ForAll @IntRange(min = 1, max = 7) int wanted) {
        Decision decision = Rules.access(who, inode, PLAIN, wanted);
        Tree.Node node = new Tree.Node("/x", inode, PLAIN, "/x", 3);
        for (Cure cure : Cures.of(who, new Verdict.Step("/x", node, decision))) {
            if (cure.kind() == Cure.Kind.CAPABILITY) {
                Capability named = cure.how().contains("CAP_DAC_OVERRIDE")
                        ? Capability.CAP_DAC_OVERRIDE
                        : Capability.CAP_DAC_READ_SEARCH;
                assertThat(may(who.with(named), inode, wanted)).isTrue();
            } else if (cure.kind() == Cure.Kind.CHOWN) {
                assertThat(may(who, inode.owned(who.uid(), inode.gid()), wanted))
                        .isTrue();
            } else if (cure.kind() == Cure.Kind.ACL) {
                assertThat(may(who, inode.listing(who.uid(), wanted), wanted)).isTrue();
            }
        }
    }

    @Provide
    Arbitrary<Credentials> who() {
        Arbitrary<Long> ids = ids();
        Arbitrary<@Nullable IdMaps> maps =
                Arbitraries.of(SHIFTED, maps(0, 0, 3), maps(5, 1000, 1)).injectNull(0.3);
        Arbitrary<Long> capabilities = Arbitraries.of(0L, OVERRIDE, SEARCH, -1L);
        return Combinators.combine(ids, ids, ids.list().ofMaxSize(2), capabilities, maps)
                .as(Credentials::new);
    }

    @Provide
    Arbitrary<Inode> inodes() {
        Arbitrary<Inode.Type> types = Arbitraries.of(Inode.Type.REGULAR, Inode.Type.DIRECTORY, Inode.Type.FIFO);
        Arbitrary<Integer> modes = Arbitraries.integers().between(0, 0777);
        Arbitrary<@Nullable Acl> lists = lists().injectNull(0.5);
        return Combinators.combine(types, ids(), ids(), modes, lists)
                .as((type, uid, gid, mode, list) -> new Inode(type, uid, gid, mode, list, false));
    }

    private static Arbitrary<Acl> lists() {
        Arbitrary<Integer> bits = Arbitraries.integers().between(0, 7);
        return Combinators.combine(ids(), bits, ids(), bits, bits)
                .as((user, of, group, in, mask) -> new Acl(List.of(
                        new Acl.Entry(Acl.Tag.USER_OBJ, 7, Inode.UNKNOWN),
                        new Acl.Entry(Acl.Tag.USER, of, user),
                        new Acl.Entry(Acl.Tag.GROUP_OBJ, in, Inode.UNKNOWN),
                        new Acl.Entry(Acl.Tag.GROUP, of, group),
                        new Acl.Entry(Acl.Tag.MASK, mask, Inode.UNKNOWN),
                        new Acl.Entry(Acl.Tag.OTHER, in, Inode.UNKNOWN))));
    }

    private static Arbitrary<Long> ids() {
        return Arbitraries.of(0L, 1L, 2L, 1000L, 1001L, 65_534L);
    }
}
