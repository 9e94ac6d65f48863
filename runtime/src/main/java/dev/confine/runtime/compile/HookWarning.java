package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.CLD_EXITED;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import dev.confine.spec.Hook;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Says that a hook failed where that is no failure of ours: to Java, or where Java has ended to stderr. */
interface HookWarning {
    void emit(Hook hook, Data report, Register size);

    /** To Java, as {@link Tags#HOOK_FAILED}. */
    final class ToJava implements HookWarning {
        private final Code code;

        ToJava(Code code) {
            this.code = code;
        }

        @Override
        public void emit(Hook hook, Data report, Register size) {
            code.asm.sendBytes(Tags.HOOK_FAILED, report, size);
        }
    }

    /** To stderr, in the words of {@link HookReport}. */
    final class ToStderr implements HookWarning {
        private static final List<Errno> LIKELY =
                List.of(Errno.ENOENT, Errno.EACCES, Errno.ENOEXEC, Errno.ENOTDIR, Errno.EPERM, Errno.ELOOP);

        private final Code code;
        private final Data digits;

        ToStderr(Code code) {
            this.code = code;
            this.digits = code.asm.zeros(16);
        }

        @Override
        public void emit(Hook hook, Data report, Register size) {
            Label quiet = new Label();
            Label done = new Label();
            write("confine: warning: run the hook " + hook.path() + ": ");
            reason(report);
            code.asm.jumpIf(size, Condition.EQUAL, num(HookReport.HEADER), quiet);
            write("; it wrote:\n");
            code.asm.add(size, size, num(-HookReport.HEADER));
            write(report.plus(HookReport.HEADER), size);
            code.asm.jump(done);
            code.asm.place(quiet);
            write("\n");
            code.asm.place(done);
        }

        private void reason(Data report) {
            Label said = new Label();
            Label signal = new Label();
            Register how = code.asm.register();
            Register status = code.asm.register();
            code.asm.load(how, 4, report, num(HookReport.HOW));
            code.asm.load(status, 4, report, num(HookReport.STATUS));
            when(how, HookReport.TIMED_OUT, HookReport.LATE, said);
            when(how, HookReport.INTERRUPTED, HookReport.SIGNALLED, said);
            code.asm.jumpIf(how, Condition.NOT_EQUAL, num(HookReport.NOT_EXECUTED), signal);
            write(HookReport.UNEXECUTED);
            for (Errno errno : LIKELY) {
                when(status, -errno.number() & 0xffffffffL, errno.name(), said);
            }
            write("errno ");
            code.asm.add(status, status, num(-1L << 32));
            number(status, said);
            code.asm.place(signal);
            Label exited = new Label();
            code.asm.jumpIf(how, Condition.EQUAL, num(CLD_EXITED), exited);
            write(HookReport.KILLED);
            number(status, said);
            code.asm.place(exited);
            write(HookReport.EXITED);
            number(status, said);
            code.asm.place(said);
            code.asm.release(how, status);
        }

        private void when(Register value, long is, String text, Label said) {
            Label no = new Label();
            code.asm.jumpIf(value, Condition.NOT_EQUAL, num(is), no);
            write(text);
            code.asm.jump(said);
            code.asm.place(no);
        }

        private void number(Register value, Label said) {
            Register count = code.asm.register();
            code.asm.format(count, value, digits, 16);
            write(digits, count);
            code.asm.jump(said);
            code.asm.release(count);
        }

        private void write(String text) {
            write(code.text(text), num(text.getBytes(StandardCharsets.UTF_8).length));
        }

        private void write(Operand text, Operand size) {
            code.call(Syscall.WRITE, num(2), text, size).ignoringErrors();
        }
    }
}
