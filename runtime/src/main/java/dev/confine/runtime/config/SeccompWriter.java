package dev.confine.runtime.config;

import dev.confine.spec.Seccomp;
import dev.confine.spec.Syscall;
import dev.confine.spec.SyscallArg;
import java.io.IOException;
import java.util.List;

/** Writes {@code linux.seccomp} of config.json. */
final class SeccompWriter {
    private SeccompWriter() {}

    static void seccomp(Out out, Seccomp seccomp) throws IOException {
        out.open("seccomp");
        out.word("defaultAction", seccomp.defaultAction());
        out.number("defaultErrnoRet", seccomp.defaultErrnoRet());
        out.words("architectures", seccomp.architectures());
        out.words("flags", seccomp.flags());
        out.text("listenerPath", seccomp.listenerPath());
        out.text("listenerMetadata", seccomp.listenerMetadata());
        if (!seccomp.syscalls().isEmpty()) {
            out.openList("syscalls");
            for (Syscall rule : seccomp.syscalls()) {
                syscall(out, rule);
            }
            out.closeList();
        }
        out.close();
    }

    private static void syscall(Out out, Syscall rule) throws IOException {
        out.open();
        out.requiredTexts("names", rule.names());
        out.word("action", rule.action());
        out.number("errnoRet", rule.errnoRet());
        args(out, rule.args());
        out.close();
    }

    private static void args(Out out, List<SyscallArg> args) throws IOException {
        if (args.isEmpty()) {
            return;
        }
        out.openList("args");
        for (SyscallArg arg : args) {
            out.open();
            out.number("index", arg.index());
            out.unsigned("value", arg.value());
            out.unsigned("valueTwo", arg.valueTwo());
            out.word("op", arg.op());
            out.close();
        }
        out.closeList();
    }
}
