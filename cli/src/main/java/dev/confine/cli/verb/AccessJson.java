package dev.confine.cli.verb;

import dev.confine.launch.Errno;
import dev.confine.runtime.access.Credentials;
import dev.confine.runtime.access.Cure;
import dev.confine.runtime.access.Cures;
import dev.confine.runtime.access.Decision;
import dev.confine.runtime.access.Explanation;
import dev.confine.runtime.access.Inode;
import dev.confine.runtime.access.Matched;
import dev.confine.runtime.access.MountFacts;
import dev.confine.runtime.access.Permission;
import dev.confine.runtime.access.Tree;
import dev.confine.runtime.access.Verdict;
import dev.confine.runtime.json.JsonText;
import dev.confine.spec.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What {@code access} says to programs; its schema is docs/schemas/access.schema.json. */
final class AccessJson {
    private final AccessSubject subject;
    private final Credentials who;
    private final Explanation explanation;
    private final JsonText json = new JsonText();

    private AccessJson(AccessSubject subject) {
        this.subject = subject;
        this.who = subject.who();
        this.explanation = new Explanation(who);
    }

    static String of(AccessSubject subject, List<Verdict> verdicts, List<Integer> answers) {
        return new AccessJson(subject).text(verdicts, answers);
    }

    /** Whether the kernel's errno is the one that was foretold. */
    static boolean agrees(Verdict verdict, int errno) {
        Verdict.Step refusal = verdict.refusal();
        if (refusal == null) {
            return errno == 0 && verdict.unseen() == null;
        }
        Errno foretold = refusal.decision().reason().errno();
        return foretold != null && foretold.number() == errno;
    }

    private String text(List<Verdict> verdicts, List<Integer> answers) {
        json.open('{').member("kind", subject.kind()).member("name", subject.name());
        if (subject.pid() != 0) {
            json.member("pid", subject.pid());
        }
        asking();
        json.name("paths").open('[');
        for (int i = 0; i < verdicts.size(); i++) {
            path(verdicts.get(i), answers.isEmpty() ? null : answers.get(i));
        }
        return json.close(']').close('}').end();
    }

    private void asking() {
        json.name("as").open('{');
        id("uid", who.uidInside(who.uid()));
        id("gid", who.gidInside(who.gid()));
        json.member("hostUid", who.uid()).member("hostGid", who.gid());
        json.name("hostGroups").numbers(who.groups());
        List<String> names = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            if (who.has(capability)) {
                names.add(capability.name());
            }
        }
        json.member("capabilities", names).close('}');
    }

    /** Left out where there is none. */
    private void id(String name, OptionalLong id) {
        if (id.isPresent()) {
            json.member(name, id.getAsLong());
        }
    }

    private void path(Verdict verdict, @Nullable Integer answer) {
        Verdict.Step refusal = verdict.refusal();
        json.element().open('{').member("path", verdict.path()).member("want", Permission.letters(verdict.wanted()));
        json.member("answer", verdict.answer().word());
        if (refusal != null) {
            json.member("errno", String.valueOf(refusal.decision().reason().errno()));
            json.member("at", refusal.path()).member("why", explanation.why(refusal));
        } else if (verdict.unseen() != null) {
            json.member("why", verdict.unseen());
        }
        json.name("steps").open('[');
        for (Verdict.Step step : verdict.steps()) {
            step(step);
        }
        json.close(']').name("cures").open('[');
        for (Cure cure : refusal == null ? List.<Cure>of() : Cures.of(who, refusal)) {
            json.element().open('{').member("kind", cure.kind().word());
            json.member("what", cure.what()).member("how", cure.how()).close('}');
        }
        json.close(']').member("remarks", explanation.remarks(verdict));
        if (answer != null) {
            json.name("kernel").open('{').member("allowed", answer == 0);
            if (answer != 0) {
                json.member("errno", Errno.nameOf(answer));
            }
            json.member("agrees", agrees(verdict, answer)).close('}');
        }
        json.close('}');
    }

    private void step(Verdict.Step step) {
        Decision decision = step.decision();
        json.element().open('{').member("path", step.path()).member("need", Permission.letters(decision.wanted()));
        json.member("allowed", decision.allows())
                .member("rule", decision.reason().word());
        Matched matched = decision.matched();
        if (matched != null) {
            json.name("class").open('{').member("name", matched.kind().word());
            if (matched.id() != Inode.UNKNOWN) {
                json.member("hostId", matched.id());
            }
            json.member("gives", Permission.letters(matched.permissions()));
            json.member("masked", Permission.letters(matched.masked())).close('}');
        }
        Capability capability = decision.capability();
        if (capability != null) {
            json.name("capability").open('{').member("name", capability.name());
            json.member("held", decision.held())
                    .member("counts", decision.counts())
                    .close('}');
        }
        Tree.Node node = step.node();
        if (node != null) {
            inode(node.inode());
            mount(node.mount());
        }
        json.close('}');
    }

    private void inode(Inode inode) {
        json.name("file").open('{').member("type", inode.type().word()).member("mode", inode.shown());
        id("uid", who.uidInside(inode.uid()));
        id("gid", who.gidInside(inode.gid()));
        if (inode.uid() != Inode.UNKNOWN) {
            json.member("hostUid", inode.uid());
        }
        if (inode.gid() != Inode.UNKNOWN) {
            json.member("hostGid", inode.gid());
        }
        json.member("list", inode.acl() != null)
                .member("immutable", inode.immutable())
                .close('}');
    }

    private void mount(MountFacts mount) {
        json.name("mount").open('{').member("point", mount.point()).member("type", mount.type());
        json.member("readOnly", mount.readOnly() || mount.sealed()).member("noexec", mount.noExec());
        json.member("nodev", mount.noDev()).member("nosymfollow", mount.noSymfollow());
        json.member("idmapped", mount.idmapped());
        if (mount.idmapped()) {
            json.member("mapSource", mount.mapSource());
        }
        json.close('}');
    }
}
