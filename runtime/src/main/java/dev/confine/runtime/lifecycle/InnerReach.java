package dev.confine.runtime.lifecycle;

import dev.confine.ConfineException;
import dev.confine.idmap.IdMaps;
import dev.confine.launch.Conversation;
import dev.confine.launch.Errno;
import dev.confine.launch.Event;
import dev.confine.runtime.access.Reach;
import dev.confine.runtime.compile.Blueprint;
import dev.confine.runtime.compile.Compiled;
import dev.confine.runtime.compile.LookCompiler;
import dev.confine.runtime.compile.Tags;
import dev.confine.runtime.host.CallFailure;
import dev.confine.runtime.host.HostFiles;
import dev.confine.spec.Namespace;
import dev.confine.spec.NamespaceType;
import dev.confine.spec.User;
import dev.confine.spi.IdMapper;
import dev.confine.spi.Session;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reaches files as root of a user namespace: that of a process, or a new one with the maps of a configuration. The process that looks there is made when it is
 * first needed, and is gone after {@link #close}. While it lives nothing else is asked of the launcher.
 */
public final class InnerReach implements Reach {
    private final Conversation front;
    private final HostFiles files;
    private final Plan plan;
    private @Nullable String current;
    /** It went wrong once, and would again. */
    private boolean useless;

    /** How the process comes where it looks. */
    private interface Plan {
        Compiled compile(String base);

        /** Once it exists. */
        void admit(long pid);
    }

    private InnerReach(Conversation front, HostFiles files, Plan plan) {
        this.front = front;
        this.files = files;
        this.plan = plan;
    }

    /** In the user namespace of a process, beneath its root directory; nowhere when there is no launcher to speak to. */
    public static Reach of(Session session, HostFiles files, long pid) {
        if (!(session instanceof Conversation front)) {
            return NONE;
        }
        ProcessStat held = ProcessStat.of(pid);
        // no mount namespace: the root directory of the process tells, as in a trial
        Blueprint blueprint = Enquirer.in(List.of(new Namespace(NamespaceType.USER)), front, User.ROOT, List.of());
        return new InnerReach(front, files, new Plan() {
            @Override
            public Compiled compile(String base) {
                return LookCompiler.inside(blueprint, pid);
            }

            @Override
            public void admit(long look) {
                ProcessStat now = ProcessStat.of(pid);
                if (held == null || now == null || held.startTime() != now.startTime()) {
                    throw new ConfineException("process " + pid + ": ESRCH: it has ended");
                }
            }
        });
    }

    /** In a user namespace with {@code maps}. */
    static Reach of(Conversation front, HostFiles files, IdMapper mapper, IdMaps maps) {
        Blueprint blueprint = Enquirer.in(List.of(new Namespace(NamespaceType.USER)), front, User.ROOT, List.of());
        UserNamespaces users = new UserNamespaces(mapper, front.caller());
        Consumer<Long> admit = pid -> users.map(pid, maps);
        return new InnerReach(front, files, new Plan() {
            @Override
            public Compiled compile(String base) {
                return LookCompiler.beneath(blueprint, base);
            }

            @Override
            public void admit(long look) {
                admit.accept(look);
            }
        });
    }

    @Override
    public int open(String base, String path) {
        byte[] question = LookCompiler.question(path);
        if (question.length > LookCompiler.PATH_BYTES) {
            return -Errno.ENAMETOOLONG.number();
        }
        if (useless) {
            return -Errno.EACCES.number();
        }
        try {
            if (!base.equals(current)) {
                close();
                begin(base);
            }
            front.data(question);
            return take();
        } catch (ConfineException refused) {
            front.cancel();
            current = null;
            useless = true;
            return -Errno.EACCES.number();
        }
    }

    private void begin(String base) {
        Compiled compiled = plan.compile(base);
        front.run(compiled.program());
        Creation.verify(compiled);
        plan.admit(front.awaitValue(Tags.PID));
        front.data(Tags.answer(Tags.GO));
        current = base;
    }

    private int take() {
        Event event = front.await();
        if (event instanceof Event.Value value && value.tag() == Tags.CLOSED) {
            return (int) value.value();
        }
        if (event instanceof Event.Value value && value.tag() == Tags.PLACE) {
            try {
                return files.place("/proc/" + front.caller().pid() + "/fd/" + value.value());
            } catch (CallFailure gone) {
                return -gone.errno();
            }
        }
        throw new ConfineException("the front said something unexpected: " + event);
    }

    @Override
    public void close() {
        if (current != null) {
            current = null;
            front.data(new byte[0]);
            front.awaitValue(Tags.GONE);
            front.awaitDone();
        }
    }
}
