package dev.confine.runtime.config;

import dev.confine.spec.Box;
import dev.confine.spec.Capabilities;
import dev.confine.spec.ExecCPUAffinity;
import dev.confine.spec.IOPriority;
import dev.confine.spec.Process;
import dev.confine.spec.Rlimit;
import dev.confine.spec.Scheduler;
import dev.confine.spec.User;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code process} of config.json. */
final class ProcessReader {
    private ProcessReader() {}

    static Process process(Json json) {
        boolean terminal = false;
        Box consoleSize = null;
        User user = null;
        List<String> args = List.of();
        List<String> env = List.of();
        String cwd = null;
        Capabilities capabilities = Capabilities.NONE;
        List<Rlimit> rlimits = List.of();
        boolean noNewPrivileges = false;
        Integer oomScoreAdj = null;
        String apparmorProfile = "";
        String selinuxLabel = "";
        Scheduler scheduler = null;
        IOPriority ioPriority = null;
        ExecCPUAffinity execCPUAffinity = ExecCPUAffinity.NONE;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "terminal" -> terminal = Value.bool(json);
                case "consoleSize" -> consoleSize = box(json);
                case "user" -> user = user(json);
                case "args" -> args = Value.texts(json);
                case "env" -> env = Value.texts(json);
                case "cwd" -> cwd = Value.text(json);
                case "capabilities" -> capabilities = capabilities(json);
                case "rlimits" -> rlimits = rlimits(json);
                case "noNewPrivileges" -> noNewPrivileges = Value.bool(json);
                case "oomScoreAdj" -> oomScoreAdj = Value.int32(json);
                case "apparmorProfile" -> apparmorProfile = Value.text(json);
                case "selinuxLabel" -> selinuxLabel = Value.text(json);
                case "scheduler" -> scheduler = scheduler(json);
                case "ioPriority" -> ioPriority = ioPriority(json);
                case "execCPUAffinity" -> execCPUAffinity = execCPUAffinity(json);
                default -> json.skip();
            }
        }
        return new Process(
                terminal,
                consoleSize,
                user,
                args,
                env,
                json.required("cwd", cwd, ""),
                capabilities,
                rlimits,
                noNewPrivileges,
                oomScoreAdj,
                apparmorProfile,
                selinuxLabel,
                scheduler,
                ioPriority,
                execCPUAffinity);
    }

    private static Box box(Json json) {
        Long height = null;
        Long width = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "height" -> height = Value.uint64(json);
                case "width" -> width = Value.uint64(json);
                default -> json.skip();
            }
        }
        return new Box(json.required("height", height, 0L), json.required("width", width, 0L));
    }

    private static User user(Json json) {
        Long uid = null;
        Long gid = null;
        Integer umask = null;
        List<Long> additionalGids = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "uid" -> uid = Value.uint32(json);
                case "gid" -> gid = Value.uint32(json);
                case "umask" -> umask = (int) Value.number(json, 0, 0777);
                case "additionalGids" -> additionalGids = Value.uint32s(json);
                default -> json.skip();
            }
        }
        return new User(json.required("uid", uid, 0L), json.required("gid", gid, 0L), umask, additionalGids);
    }

    private static Capabilities capabilities(Json json) {
        List<String> effective = List.of();
        List<String> bounding = List.of();
        List<String> inheritable = List.of();
        List<String> permitted = List.of();
        List<String> ambient = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "effective" -> effective = Value.texts(json);
                case "bounding" -> bounding = Value.texts(json);
                case "inheritable" -> inheritable = Value.texts(json);
                case "permitted" -> permitted = Value.texts(json);
                case "ambient" -> ambient = Value.texts(json);
                default -> json.skip();
            }
        }
        return new Capabilities(effective, bounding, inheritable, permitted, ambient);
    }

    private static List<Rlimit> rlimits(Json json) {
        List<Rlimit> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(rlimit(json));
            }
        }
        return list;
    }

    private static Rlimit rlimit(Json json) {
        Rlimit.Type type = null;
        Long soft = null;
        Long hard = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "type" -> type = Value.word(json, Rlimit.Type.values());
                case "soft" -> soft = Value.uint64(json);
                case "hard" -> hard = Value.uint64(json);
                default -> json.skip();
            }
        }
        return new Rlimit(
                json.required("type", type, Rlimit.Type.RLIMIT_CPU),
                json.required("soft", soft, 0L),
                json.required("hard", hard, 0L));
    }

    private static Scheduler scheduler(Json json) {
        Scheduler.Policy policy = null;
        int nice = 0;
        int priority = 0;
        List<Scheduler.Flag> flags = List.of();
        long runtime = 0;
        long deadline = 0;
        long period = 0;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "policy" -> policy = Value.word(json, Scheduler.Policy.values());
                case "nice" -> nice = Value.int32(json);
                case "priority" -> priority = Value.int32(json);
                case "flags" -> flags = Value.words(json, Scheduler.Flag.values());
                case "runtime" -> runtime = Value.uint64(json);
                case "deadline" -> deadline = Value.uint64(json);
                case "period" -> period = Value.uint64(json);
                default -> json.skip();
            }
        }
        Scheduler.Policy required = json.required("policy", policy, Scheduler.Policy.SCHED_OTHER);
        return new Scheduler(required, nice, priority, flags, runtime, deadline, period);
    }

    private static IOPriority ioPriority(Json json) {
        IOPriority.IOClass ioClass = null;
        int priority = 0;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "class" -> ioClass = Value.word(json, IOPriority.IOClass.values());
                case "priority" -> priority = Value.int32(json);
                default -> json.skip();
            }
        }
        // callers leave a priority of 0 out
        return new IOPriority(json.required("class", ioClass, IOPriority.IOClass.IOPRIO_CLASS_BE), priority);
    }

    private static ExecCPUAffinity execCPUAffinity(Json json) {
        String initial = "";
        String afterwards = "";
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "initial" -> initial = Value.text(json);
                case "final" -> afterwards = Value.text(json);
                default -> json.skip();
            }
        }
        return new ExecCPUAffinity(initial, afterwards);
    }
}
