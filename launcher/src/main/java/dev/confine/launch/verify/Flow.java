package dev.confine.launch.verify;

import dev.confine.launch.Condition;
import dev.confine.launch.Instruction;
import dev.confine.launch.Instruction.OnError;
import dev.confine.launch.Op;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Immediate;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Program;
import dev.confine.launch.Syscall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows a program along all its ways until nothing new is learnt: a state for each instruction in each process. A process is what one
 * clone3 instruction makes, so the number of processes is bounded; a failing instruction also leads to where ON_FAILURE said.
 */
final class Flow {
    /** Handlers are bits of a long, and the first means nowhere. */
    private static final int MOST_HANDLERS = 63;

    private final Program program;
    private final List<Instruction> code;
    private final Findings findings;
    private final Memory memory;
    private final List<@Nullable State[]> processes = new ArrayList<>();
    private final int[] processOf;
    private final int[] handlers = new int[MOST_HANDLERS + 1];
    private int handlerCount = 1;
    private final State current = State.start();
    private final State failed = State.start();
    private final List<Pending> pending = new ArrayList<>();

    Flow(Program program, Memory memory, Findings findings) {
        this.program = program;
        this.code = program.instructions();
        this.findings = findings;
        this.memory = memory;
        this.processOf = new int[code.size()];
        Arrays.fill(processOf, -1);
    }

    /** For each process, the state before each instruction; null where it never comes to. */
    @Nullable
    State[][] processes() {
        return processes.toArray(new State[0][]);
    }

    void follow() {
        newProcess();
        reach(0, 0, State.start(), 0);
        for (int process = 0; process < processes.size(); process++) {
            // mostly programs go forward: the first first means that few instructions are looked at twice
            Pending waiting = pending.get(process);
            State[] states = processes.get(process);
            for (int index = waiting.next(); index >= 0; index = waiting.next()) {
                State state = states[index];
                if (state != null) {
                    current.become(state);
                    step(process, index, current);
                }
            }
            process = unfinished(process);
        }
    }

    /** The process before the first that has something pending again: a child that made its elder learn something. */
    private int unfinished(int process) {
        for (int i = 0; i < process; i++) {
            if (!pending.get(i).isEmpty()) {
                return i - 1;
            }
        }
        return process;
    }

    private int newProcess() {
        processes.add(new State[code.size()]);
        pending.add(new Pending(code.size()));
        return processes.size() - 1;
    }

    /** {@code from} is the instruction that leads there. */
    private void reach(int process, int index, State state, int from) {
        if (index >= code.size()) {
            findings.add(from, "the program runs off its end");
            return;
        }
        State[] states = processes.get(process);
        State known = states[index];
        if (known == null) {
            states[index] = state.copy();
        } else if (!known.merge(state)) {
            return;
        }
        pending.get(process).add(index);
    }

    private void step(int process, int index, State state) {
        Instruction instruction = code.get(index);
        switch (instruction.op()) {
            case END, EXIT -> {}
            case JUMP -> reach(process, instruction.target(), state, index);
            case JUMP_IF -> branch(process, index, instruction, state);
            case ON_FAILURE -> {
                state.setHandlers(handler(index, instruction.target()));
                reach(process, index + 1, state, index);
            }
            case FAIL -> fail(process, index, state);
            case SYSCALL -> call(process, index, instruction, state);
            case LOAD, STORE, ADD, FORMAT, SEND, SEND_BYTES, RECEIVE, REPORT_AS, RELEASE ->
                operate(process, index, instruction, state);
        }
    }

    private void operate(int process, int index, Instruction instruction, State state) {
        Op op = instruction.op();
        if (op != Op.ADD && op != Op.REPORT_AS && op != Op.RELEASE) {
            fail(process, index, state);
        }
        if (op == Op.RECEIVE) {
            state.happened(State.WAITED);
        }
        Register dst = instruction.dst();
        if (dst != null && op == Op.ADD) {
            add(state, dst.index(), instruction.args(), memory);
        } else if (dst != null) {
            state.write(dst.index());
        }
        reach(process, index + 1, state, index);
    }

    private static void add(State state, int dst, List<Operand> args, Memory memory) {
        if (args.get(0) instanceof Immediate left && args.get(1) instanceof Immediate right) {
            if (left.value() + right.value() == 0) {
                state.writeZero(dst);
            } else {
                state.writeNonZero(dst);
            }
        } else if (args.get(0) instanceof Operand.Data place && isName(place, args.get(1), memory)) {
            state.writeName(dst);
        } else {
            state.write(dst);
        }
    }

    /** The start of a listing, or a fixed text that is the name of an entry. */
    private static boolean isName(Operand.Data place, Operand distance, Memory memory) {
        if (memory.isListing(place.offset())) {
            return true;
        }
        String text = memory.text(place.offset());
        return distance instanceof Immediate zero
                && zero.value() == 0
                && !text.isEmpty()
                && PathRule.isName(text)
                && memory.isConstant(place.offset(), memory.length(place.offset()) + 1);
    }

    // ---- branches

    private void branch(int process, int index, Instruction instruction, State state) {
        Boolean holds = decide(instruction, state);
        if (holds == null || holds) {
            reach(process, instruction.target(), state, index);
        }
        if (holds == null || !holds) {
            reach(process, index + 1, state, index);
        }
    }

    /** Whether a comparison with zero holds, null where that is not known: it tells the two processes of a clone apart. */
    private static @Nullable Boolean decide(Instruction instruction, State state) {
        if (!(instruction.args().get(0) instanceof Register register)
                || !(instruction.args().get(1) instanceof Immediate constant)
                || constant.value() != 0) {
            return null;
        }
        Condition condition = instruction.condition();
        if (state.isZero(register.index())) {
            return condition == Condition.EQUAL || condition == Condition.AT_LEAST;
        }
        if (state.isNonZero(register.index())) {
            return condition == Condition.EQUAL
                    ? Boolean.FALSE
                    : condition == Condition.NOT_EQUAL ? Boolean.TRUE : null;
        }
        return null;
    }

    // ---- failures

    private long handler(int index, int target) {
        if (target == Instruction.NOWHERE) {
            return 1;
        }
        for (int i = 1; i < handlerCount; i++) {
            if (handlers[i] == target) {
                return 1L << i;
            }
        }
        if (handlerCount > MOST_HANDLERS) {
            findings.add(index, "more than " + MOST_HANDLERS + " places where failures go");
            return 1;
        }
        handlers[handlerCount] = target;
        return 1L << handlerCount++;
    }

    /** To all places where a failure may go from here; there it goes nowhere next time. */
    private void fail(int process, int index, State state) {
        long targets = state.handlers() & ~1L;
        if (targets == 0) {
            return;
        }
        failed.become(state);
        failed.setHandlers(1);
        for (int i = 1; i < handlerCount; i++) {
            if ((targets >>> i & 1) != 0) {
                reach(process, handlers[i], failed, index);
            }
        }
    }

    // ---- system calls

    private void call(int process, int index, Instruction instruction, State state) {
        Syscall syscall = instruction.syscall();
        OnError onError = instruction.onError();
        if (onError != OnError.JUMP) {
            fail(process, index, state);
        }
        if (onError != null && onError != OnError.FAIL) {
            failed.become(state);
            result(instruction, failed, false);
            Effects.ofError(syscall, instruction.errno(), failed);
            reach(process, instruction.target(), failed, index);
        }
        if (syscall == null
                || syscall == Syscall.EXECVE
                || syscall == Syscall.EXECVEAT
                || syscall == Syscall.EXIT_GROUP) {
            return;
        }
        Site site = new Site(program, index, memory);
        if (syscall == Syscall.CLONE3) {
            State child = state.copy();
            result(instruction, child, true);
            child.setHandlers(1);
            Effects.ofBirth(site, child);
            reach(processOf(index), index + 1, child, index);
            result(instruction, state, false);
        } else {
            Register dst = instruction.dst();
            if (dst != null) {
                Origin.of(syscall, site, state).write(dst.index(), state);
            }
        }
        Effects.of(syscall, site, state);
        reach(process, index + 1, state, index);
    }

    private static void result(Instruction instruction, State state, boolean zero) {
        Register dst = instruction.dst();
        if (dst != null && zero) {
            state.writeZero(dst.index());
        } else if (dst != null) {
            state.writeNonZero(dst.index());
        }
    }

    private int processOf(int clone) {
        if (processOf[clone] < 0) {
            processOf[clone] = newProcess();
        }
        return processOf[clone];
    }
}
