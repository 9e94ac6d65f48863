package dev.confine.runtime.config;

import dev.confine.spec.Seccomp;
import dev.confine.spec.Syscall;
import dev.confine.spec.SyscallArg;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code linux.seccomp} of config.json. */
final class SeccompReader {
    private static final int LAST_ARG = 5;

    private SeccompReader() {}

    static Seccomp seccomp(Json json) {
        Seccomp.Action defaultAction = null;
        Long defaultErrnoRet = null;
        List<Seccomp.Arch> architectures = List.of();
        List<Seccomp.Flag> flags = List.of();
        String listenerPath = "";
        String listenerMetadata = "";
        List<Syscall> syscalls = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "defaultAction" -> defaultAction = Value.word(json, Seccomp.Action.values());
                case "defaultErrnoRet" -> defaultErrnoRet = Value.uint32(json);
                case "architectures" -> architectures = Value.words(json, Seccomp.Arch.values());
                case "flags" -> flags = Value.words(json, Seccomp.Flag.values());
                case "listenerPath" -> listenerPath = Value.text(json);
                case "listenerMetadata" -> listenerMetadata = Value.text(json);
                case "syscalls" -> syscalls = syscalls(json);
                default -> json.skip();
            }
        }
        Seccomp.Action required = json.required("defaultAction", defaultAction, Seccomp.Action.SCMP_ACT_KILL);
        return new Seccomp(required, defaultErrnoRet, architectures, flags, listenerPath, listenerMetadata, syscalls);
    }

    private static List<Syscall> syscalls(Json json) {
        List<Syscall> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(syscall(json));
            }
        }
        return list;
    }

    private static Syscall syscall(Json json) {
        List<String> names = null;
        Seccomp.Action action = null;
        Long errnoRet = null;
        List<SyscallArg> args = List.of();
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "names" -> names = Value.texts(json);
                case "action" -> action = Value.word(json, Seccomp.Action.values());
                case "errnoRet" -> errnoRet = Value.uint32(json);
                case "args" -> args = args(json);
                default -> json.skip();
            }
        }
        return new Syscall(
                json.required("names", names, List.<String>of()),
                json.required("action", action, Seccomp.Action.SCMP_ACT_KILL),
                errnoRet,
                args);
    }

    private static List<SyscallArg> args(Json json) {
        List<SyscallArg> list = new ArrayList<>();
        if (json.list()) {
            while (json.item()) {
                list.add(arg(json));
            }
        }
        return list;
    }

    private static SyscallArg arg(Json json) {
        Integer index = null;
        Long value = null;
        long valueTwo = 0;
        SyscallArg.Operator op = null;
        for (String name = json.first(); name != null; name = json.next()) {
            switch (name) {
                case "index" -> index = (int) Value.number(json, 0, LAST_ARG);
                case "value" -> value = Value.uint64(json);
                case "valueTwo" -> valueTwo = Value.uint64(json);
                case "op" -> op = Value.word(json, SyscallArg.Operator.values());
                default -> json.skip();
            }
        }
        return new SyscallArg(
                json.required("index", index, 0),
                json.required("value", value, 0L),
                valueTwo,
                json.required("op", op, SyscallArg.Operator.SCMP_CMP_EQ));
    }
}
