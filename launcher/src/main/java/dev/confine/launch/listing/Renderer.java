package dev.confine.launch.listing;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Instruction;
import dev.confine.launch.Instruction.OnError;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Immediate;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Program;
import dev.confine.launch.Syscall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One instruction as a line of text. Places that are jumped to are numbered in their order. */
final class Renderer {
    private static final int LONGEST_INLINE = 64;

    private final List<Instruction> code;
    private final Argument.DataView data;
    private final int[] labels;

    Renderer(Program program) {
        this.code = program.instructions();
        this.data = new Argument.DataView(program);
        this.labels = new int[code.size() + 1];
        for (int i = 0; i < code.size(); i++) {
            int target = code.get(i).target();
            if (target != Instruction.NOWHERE && !saysItself(i)) {
                labels[target] = 1;
            }
        }
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            labels[i] = labels[i] == 0 ? 0 : ++count;
        }
    }

    /** A system call that on error is repeated, or goes on as without: that is said in words. */
    private boolean saysItself(int index) {
        Instruction instruction = code.get(index);
        int target = instruction.target();
        return instruction.onError() != null && (target == index || target == index + 1);
    }

    /** The name of the place before an instruction, or empty. */
    String label(int index) {
        return labels[index] == 0 ? "" : "L" + labels[index];
    }

    String text(int index) {
        Instruction instruction = code.get(index);
        Register into = instruction.dst();
        String result = into == null ? "" : Argument.plain(into) + " = ";
        return result + operation(index, instruction);
    }

    private String operation(int index, Instruction i) {
        return switch (i.op()) {
            case END -> "end";
            case SYSCALL -> call(i) + afterError(index, i);
            case LOAD -> word(i.width(), i, 0);
            case STORE -> word(i.width(), i, 0) + " = " + value(i, 2);
            case ADD -> sum(i);
            case JUMP -> "go to " + label(i.target());
            case JUMP_IF ->
                "if " + value(i, 0) + " " + sign(i.condition()) + " " + value(i, 1) + " go to " + label(i.target());
            case FORMAT -> "decimal of " + value(i, 0) + " into " + value(i, 1) + ", at most " + value(i, 2) + " bytes";
            case SEND -> "send " + value(i, 1) + " as " + value(i, 0);
            case SEND_BYTES -> "send " + value(i, 2) + " bytes at " + value(i, 1) + " as " + value(i, 0);
            case RECEIVE -> "receive at most " + value(i, 1) + " bytes into " + value(i, 0) + watching(i);
            case ON_FAILURE ->
                i.target() == Instruction.NOWHERE ? "on failure end" : "on failure go to " + label(i.target());
            case REPORT_AS -> "report failures as step " + value(i, 0);
            case RELEASE -> "release java";
            case FAIL -> "fail with " + errno(i.args().get(0));
            case EXIT -> "exit " + value(i, 0);
        };
    }

    // ---- system calls

    private String call(Instruction instruction) {
        Syscall syscall = instruction.syscall();
        StringBuilder text = new StringBuilder(syscall == null ? "?" : syscall.display()).append('(');
        for (int i = 0; i < instruction.args().size(); i++) {
            text.append(i == 0 ? "" : ", ").append(argument(instruction, i));
        }
        return text.append(')').toString();
    }

    /** An argument of a system call. */
    String argument(Instruction instruction, int number) {
        Syscall syscall = instruction.syscall();
        Operand operand = instruction.args().get(number);
        if (syscall == null) {
            return Argument.plain(operand);
        }
        if (syscall == Syscall.PRCTL && instruction.args().get(0) instanceof Immediate operation) {
            return Signatures.ofControl(operation.value(), number).show(operand, data);
        }
        String written = number == 1 ? written(syscall, instruction) : null;
        return written == null ? Signatures.of(syscall, number).show(operand, data) : written;
    }

    /** What write(2) and sendto(2) write, when it is known and short. */
    private @Nullable String written(Syscall syscall, Instruction instruction) {
        if ((syscall == Syscall.WRITE || syscall == Syscall.SENDTO)
                && instruction.args().get(1) instanceof Data at
                && instruction.args().get(2) instanceof Immediate length
                && length.value() <= LONGEST_INLINE) {
            return data.bytes(at.offset(), (int) length.value());
        }
        return null;
    }

    private String afterError(int index, Instruction instruction) {
        OnError onError = instruction.onError();
        if (onError == null || onError == OnError.FAIL) {
            return "";
        }
        String error = onError == OnError.JUMP ? "any error" : Errno.nameOf(instruction.errno());
        if (instruction.target() == index) {
            return "  again on " + error;
        }
        return instruction.target() == index + 1
                ? "  ignoring " + error
                : "  on " + error + " go to " + label(instruction.target());
    }

    // ---- the launcher's own operations

    private static String value(Instruction instruction, int number) {
        return Argument.plain(instruction.args().get(number));
    }

    private static String word(int width, Instruction instruction, int base) {
        Operand place = instruction.args().get(base);
        Operand index = instruction.args().get(base + 1);
        String shown = Argument.plain(place);
        if (place instanceof Data data && index instanceof Immediate distance) {
            shown = Argument.plain(data.plus((int) distance.value()));
        } else if (!(index instanceof Immediate zero) || zero.value() != 0) {
            shown += "+" + Argument.plain(index);
        }
        return "u" + 8 * width + " at " + shown;
    }

    private String sum(Instruction instruction) {
        Operand right = instruction.args().get(1);
        if (right instanceof Immediate constant) {
            long value = constant.value();
            if (value == 0 && instruction.args().get(0) instanceof Data at && data.isText(at.offset())) {
                return data.text(at.offset());
            }
            String sign = value < 0 ? " - " + -value : " + " + value;
            return value(instruction, 0) + (value == 0 ? "" : sign);
        }
        return value(instruction, 0) + " + " + Argument.plain(right);
    }

    private static String sign(@Nullable Condition condition) {
        if (condition == null) {
            return "?";
        }
        return switch (condition) {
            case EQUAL -> "==";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case AT_LEAST -> ">=";
        };
    }

    private static String watching(Instruction instruction) {
        Operand signals = instruction.args().get(2);
        return signals instanceof Register ? ", watching " + Argument.plain(signals) : "";
    }

    private static String errno(Operand operand) {
        return operand instanceof Immediate constant
                ? Errno.nameOf((int) Math.abs(constant.value()))
                : Argument.plain(operand);
    }
}
