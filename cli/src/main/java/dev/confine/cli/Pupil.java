package dev.confine.cli;

import dev.confine.launch.Conversation;
import dev.confine.launch.ForwardingConversation;
import dev.confine.launch.Instruction;
import dev.confine.launch.Op;
import dev.confine.launch.Operand;
import dev.confine.launch.Program;
import dev.confine.spi.Caller;
import java.util.ArrayList;
import java.util.List;

/** A conversation with another command line, for {@link Training}. The front stays where a command would end it, for those that follow. */
final class Pupil extends ForwardingConversation {
    private final Caller caller;

    Pupil(Conversation front, String[] command) {
        super(front);
        this.caller = caller(front.caller(), command);
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public void run(Program program) {
        List<Instruction> staying = new ArrayList<>();
        for (Instruction instruction : program.instructions()) {
            staying.add(isExit(instruction) ? end(instruction.step()) : instruction);
        }
        super.run(new Program(staying, program.data(), program.relocations(), program.steps()));
    }

    @Override
    public void leave() {
        awaitDone();
    }

    /** Not that of a run in the foreground, which has the exit code of its container in a register. */
    private static boolean isExit(Instruction instruction) {
        return instruction.op() == Op.EXIT && instruction.args().get(0) instanceof Operand.Immediate;
    }

    private static Instruction end(int step) {
        return new Instruction(Op.END, null, 0, null, null, 0, Instruction.NOWHERE, null, step, List.of());
    }

    private static Caller caller(Caller real, String[] command) {
        String bundle = real.args().get(0);
        // containers of this training alone, whatever others are called that the machine has
        String name = bundle.substring(bundle.lastIndexOf('/') + 1);
        List<String> args = new ArrayList<>();
        args.add("--root");
        args.add(bundle + "/state");
        for (String word : command) {
            args.add(word.replace("BUNDLE", bundle).replace("NAME", name));
        }
        return new Caller(
                real.pid(),
                real.uid(),
                real.gid(),
                real.groups(),
                real.umask(),
                real.capabilities(),
                real.terminals(),
                real.cwd(),
                args,
                real.environment());
    }
}
