package dev.confine.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class CuresTest {
    private static final Credentials ANYBODY = new Credentials(5, 5, List.of(), 0, null);
    private static final MountFacts READ_ONLY =
            new MountFacts("/ro", "ext4", true, false, false, false, false, false, null, false);

    private final FakeTree tree = new FakeTree()
            .file("/f", 0644)
            .add("/setting", Inode.Type.REGULAR, 0, 0644, MountFacts.plain("/proc", "proc"))
            .add("/ro", Inode.Type.REGULAR, 0, 0644, READ_ONLY);

    private Verdict write(String path) {
        return Walk.of(tree, ANYBODY, true, path, Permission.WRITE);
    }

    private List<Cure.Kind> cures(String path) {
        return Cures.of(ANYBODY, Objects.requireNonNull(write(path).refusal())).stream()
                .map(Cure::kind)
                .toList();
    }

    @Test
    void ownerAndMode_areNoCureInProc() {
        assertThat(cures("/f")).containsExactly(Cure.Kind.ACL, Cure.Kind.CHOWN, Cure.Kind.CAPABILITY);
        assertThat(cures("/setting")).containsExactly(Cure.Kind.CAPABILITY);
    }

    @Test
    void readOnlyMount_isToldBesidePermissions() {
        Explanation explanation = new Explanation(ANYBODY);
        assertThat(explanation.remarks(write("/f"))).isEmpty();
        assertThat(explanation.remarks(write("/ro"))).singleElement().asString().contains("mount at /ro is read-only");
    }
}
