package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.launch.Conversation;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.access.Credentials;
import dev.confine.runtime.compile.AccessCompiler;
import dev.confine.runtime.compile.AccessCompiler.Question;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.Tags;
import dev.confine.spec.Capability;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.User;
import dev.confine.spi.Session;
import java.util.ArrayList;
import java.util.List;

/** What the kernel itself answers, asked in the namespaces of a process by somebody with given credentials. It leaves nothing behind. */
public final class AccessTrial {
    private final Conversation front;
    private final long pid;

    /** @throws ConfineException when there is no launcher to speak to */
    public AccessTrial(Session session, long pid) {
        if (!(session instanceof Conversation conversation)) {
            throw new ConfineException("--verify needs the launcher, and this command runs without one");
        }
        this.front = conversation;
        this.pid = pid;
    }

    /** The errno of each question, 0 where the kernel allows it, in their order. */
    public List<Integer> ask(Credentials who, List<Question> questions) {
        List<Integer> answers = new ArrayList<>();
        for (int from = 0; from < questions.size(); from += AccessCompiler.MOST) {
            int to = Math.min(questions.size(), from + AccessCompiler.MOST);
            byte[] bytes = run(who, questions.subList(from, to));
            for (int at = 0; at + 3 < bytes.length; at += 4) {
                answers.add(-answer(bytes, at));
            }
        }
        return answers;
    }

    private static int answer(byte[] bytes, int at) {
        int number = 0;
        for (int i = 3; i >= 0; i--) {
            number = (number << 8) + (bytes[at + i] & 0xff);
        }
        return number;
    }

    private byte[] run(Credentials who, List<Question> questions) {
        ProcessStat held = ProcessStat.of(pid);
        Compiled compiled = AccessCompiler.compile(blueprint(who), pid, questions);
        try {
            front.run(compiled.program());
            Creation.verify(compiled);
            front.awaitValue(Tags.PID);
            ProcessStat now = ProcessStat.of(pid);
            if (held == null || now == null || held.startTime() != now.startTime()) {
                throw new ConfineException("process " + pid + ": ESRCH: it has ended");
            }
            front.data(Tags.answer(Tags.GO));
            byte[] answers = front.awaitBytes(Tags.ACCESS);
            front.awaitValue(Tags.BUILT);
            front.data(Tags.answer(Tags.GO));
            front.awaitValue(Tags.STARTED);
            front.awaitDone();
            return answers;
        } catch (LaunchFailure e) {
            front.cancel();
            throw new Failures(compiled, null).explain(e, "");
        } catch (ConfineException e) {
            front.cancel();
            throw e;
        }
    }

    private Blueprint blueprint(Credentials who) {
        // no mount namespace: the root directory of the process tells, which need not be that of its mount namespace
        List<Namespace> namespaces = who.maps() == null ? List.of() : List.of(new Namespace(NamespaceType.USER));
        List<String> held = new ArrayList<>();
        for (Capability capability : Capability.values()) {
            if (who.has(capability)) {
                held.add(capability.name());
            }
        }
        List<Long> groups = new ArrayList<>();
        for (long group : who.groups()) {
            groups.add(
                    who.gidInside(group)
                            .orElseThrow(
                                    () -> new ConfineException(
                                            "--verify: group " + group
                                                    + " of the host is not mapped, so no process can be made with it; name groups by --additional-gids")));
        }
        User user = new User(
                who.uidInside(who.uid()).orElseThrow(), who.gidInside(who.gid()).orElseThrow(), null, groups);
        return Enquirer.in(namespaces, front, user, held);
    }
}
