package dev.confine.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class WalkTest {
    private static final Credentials ANYBODY = new Credentials(5, 5, List.of(), 0, null);

    private final FakeTree tree = new FakeTree()
            .directory("/a", 0755)
            .directory("/a/closed", 0700)
            .file("/a/closed/f", 0666)
            .file("/a/f", 0644)
            .link("/a/there", "closed/f", 0)
            .link("/a/up", "../a/f", 0)
            .link("/a/root", "/a/f", 0)
            .link("/a/slash", "f/", 0)
            .link("/loop", "loop", 0)
            .directory("/tmp", 01777)
            .link("/tmp/mine", "/a/f", 5)
            .link("/tmp/other", "/a/f", 6)
            .link("/tmp/dir", "/a", 6);

    private Verdict walk(String path, int wanted) {
        return Walk.of(tree, ANYBODY, true, path, wanted);
    }

    private Reason reason(String path, int wanted) {
        Verdict.Step refusal = walk(path, wanted).refusal();
        return refusal == null ? Reason.ALLOWED : refusal.decision().reason();
    }

    @Test
    void everyDirectory_isSearched_alsoForDots() {
        assertThat(reason("/a/f", 4)).isEqualTo(Reason.ALLOWED);
        assertThat(reason("/a/f", 2)).isEqualTo(Reason.PERMISSIONS);
        assertThat(reason("/a/closed/f", 4)).isEqualTo(Reason.PERMISSIONS);
        assertThat(reason("/a/closed/../f", 4)).isEqualTo(Reason.PERMISSIONS);
        assertThat(reason("/a/closed/.", 1)).isEqualTo(Reason.PERMISSIONS);
        assertThat(Objects.requireNonNull(walk("/a/closed/../f", 4).refusal()).path())
                .isEqualTo("/a/closed");
    }

    @Test
    void walk_goesOnAfterARefusal_soThatAllAreKnown() {
        long refusals = walk("/a/closed/f", 1).steps().stream()
                .filter(step -> !step.decision().allows())
                .count();
        assertThat(refusals).isEqualTo(2);
    }

    @Test
    void links_areFollowed_fromWhereTheyLieOrFromTheRoot() {
        assertThat(reason("/a/up", 4)).isEqualTo(Reason.ALLOWED);
        assertThat(reason("/a/root", 4)).isEqualTo(Reason.ALLOWED);
        assertThat(reason("/a/there", 4)).isEqualTo(Reason.PERMISSIONS);
        assertThat(reason("/loop", 4)).isEqualTo(Reason.TOO_MANY_LINKS);
        assertThat(reason("/../../a/f", 4)).isEqualTo(Reason.ALLOWED);
    }

    @Test
    void lastLink_inASharedDirectory_mustBeTheWalkersOwn() {
        assertThat(reason("/tmp/mine", 4)).isEqualTo(Reason.ALLOWED);
        assertThat(reason("/tmp/other", 4)).isEqualTo(Reason.PROTECTED_LINK);
        assertThat(reason("/tmp/dir/f", 4)).isEqualTo(Reason.ALLOWED);
        assertThat(Walk.of(tree, ANYBODY, false, "/tmp/other", 4).refusal()).isNull();
    }

    @Test
    void whatIsNoDirectory_isNotWalkedThrough() {
        assertThat(reason("/a/f/x", 4)).isEqualTo(Reason.NO_DIRECTORY);
        assertThat(reason("/a/f/", 4)).isEqualTo(Reason.NO_DIRECTORY);
        assertThat(reason("/a/f/..", 4)).isEqualTo(Reason.NO_DIRECTORY);
        assertThat(reason("/a/slash", 4)).isEqualTo(Reason.NO_DIRECTORY);
        assertThat(reason("/a/", 5)).isEqualTo(Reason.ALLOWED);
    }

    @Test
    void whatIsNotThere_orTooLong_isSaid() {
        assertThat(reason("/a/none/x", 4)).isEqualTo(Reason.MISSING);
        assertThat(reason("", 4)).isEqualTo(Reason.MISSING);
        assertThat(reason("/a/" + "n".repeat(256), 4)).isEqualTo(Reason.TOO_LONG);
        assertThat(reason("/a".repeat(3000), 4)).isEqualTo(Reason.TOO_LONG);
    }

    @Test
    void nosymfollow_refusesLinks() {
        MountFacts mount = new MountFacts("/n", "ext4", false, false, false, false, true, false, null, false);
        tree.add("/n", Inode.Type.DIRECTORY, 0, 0755, mount).add("/n/l", Inode.Type.LINK, 0, 0777, mount);
        assertThat(reason("/n/l", 4)).isEqualTo(Reason.NOSYMFOLLOW);
    }

    @Test
    void procLinks_areNotGuessed() {
        tree.add("/p", Inode.Type.LINK, 0, 0777, MountFacts.plain("/p", "proc"));
        assertThat(walk("/p", 4).answer()).isEqualTo(Verdict.Answer.UNKNOWN);
    }
}
