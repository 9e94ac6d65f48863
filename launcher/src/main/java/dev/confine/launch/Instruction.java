package dev.confine.launch;

import dev.confine.launch.Operand.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of a launch program, 64 bytes on the wire. Jumps are resolved: {@code target} is an index into the program.
 *
 * @param op what it does
 * @param dst the register that takes the result, or null
 * @param width bytes moved by LOAD and STORE: 1, 2, 4 or 8; else 0
 * @param condition of JUMP_IF, else null
 * @param onError what a failing system call does; null but for SYSCALL
 * @param errno the error that {@link OnError#JUMP_ON} means, else 0
 * @param target where a jump goes, or {@link #NOWHERE}
 * @param syscall the call, for SYSCALL
 * @param step index into {@link Program#steps()}
 * @param args at most six operands
 */
public record Instruction(
        Op op,
        @Nullable Register dst,
        int width,
        @Nullable Condition condition,
        @Nullable OnError onError,
        int errno,
        int target,
        @Nullable Syscall syscall,
        int step,
        List<Operand> args) {

    /** No place: the index after the last that a program may have. */
    public static final int NOWHERE = 0xffff;

    /** What a failing system call does. */
    public enum OnError {
        /** Ends the program with its step and errno. */
        FAIL,
        /** Goes on at the target if it is this errno, else fails. */
        JUMP_ON,
        /** Goes on at the target whatever the errno. */
        JUMP;

        /** On the wire. The order of the constants is the wire format, and the C header is written from it. */
        @SuppressWarnings("EnumOrdinal")
        int code() {
            return ordinal();
        }
    }

    public Instruction {
        args = List.copyOf(args);
    }
}
