package dev.confine.launch.listing;

import dev.confine.launch.Instruction;
import dev.confine.launch.Op;
import dev.confine.launch.Operand;
import dev.confine.launch.Program;
import dev.confine.launch.Step;
import dev.confine.launch.Syscall;
import java.util.List;

/**
 * A program in full, step by step: {@link #text} for people, {@link #json} for programs. Neither says what was left out of the program,
 * and what a call means is in its manual page.
 */
public final class Listing {
    private static final int INDEX_WIDTH = 6;

    private Listing() {}

    /**
     * A line an instruction, beneath the step it belongs to:
     *
     * <pre>
     * mount proc on /proc  (/mounts/0)
     *     40  r7 = fsopen("proc", FSOPEN_CLOEXEC)
     * </pre>
     */
    public static String text(Program program) {
        Renderer renderer = new Renderer(program);
        StringBuilder text = new StringBuilder();
        List<Instruction> instructions = program.instructions();
        int step = -1;
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            if (instruction.step() != step) {
                text.append(step < 0 ? "" : "\n");
                step = instruction.step();
                title(program.step(step), text);
            }
            if (!renderer.label(i).isEmpty()) {
                text.append(renderer.label(i)).append(":\n");
            }
            String index = Integer.toString(i);
            text.append(" ".repeat(Math.max(1, INDEX_WIDTH - index.length()))).append(index);
            text.append("  ").append(renderer.text(i)).append('\n');
        }
        return text.toString();
    }

    private static void title(Step step, StringBuilder text) {
        text.append(step.what());
        if (!step.pointer().isEmpty()) {
            text.append("  (").append(step.pointer()).append(')');
        }
        text.append('\n');
    }

    /**
     * An object with the array {@code steps}; each has {@code what}, {@code pointer} (a JSON pointer into config.json, may be empty) and the array
     * {@code instructions}. An instruction has {@code index}, {@code op}, {@code text} as in {@link #text}, and where it applies {@code call} (the
     * system call), {@code args} (as text), {@code into} (a register's number), {@code target} (an index).
     */
    public static String json(Program program) {
        Renderer renderer = new Renderer(program);
        Json json = new Json();
        List<Instruction> instructions = program.instructions();
        json.open('{').name("steps").open('[');
        for (int i = 0; i < instructions.size(); ) {
            int step = instructions.get(i).step();
            json.open('{').field("what", program.step(step).what());
            json.field("pointer", program.step(step).pointer());
            json.name("instructions").open('[');
            for (; i < instructions.size() && instructions.get(i).step() == step; i++) {
                instruction(renderer, i, instructions.get(i), json);
            }
            json.close(']').close('}');
        }
        return json.close(']').close('}').toString();
    }

    private static void instruction(Renderer renderer, int index, Instruction instruction, Json json) {
        json.open('{').field("index", index).field("op", instruction.op().name());
        json.field("text", renderer.text(index));
        Syscall syscall = instruction.syscall();
        if (instruction.op() == Op.SYSCALL && syscall != null) {
            json.field("call", syscall.display());
            json.name("args").open('[');
            for (int i = 0; i < instruction.args().size(); i++) {
                json.value(renderer.argument(instruction, i));
            }
            json.close(']');
        }
        Operand.Register into = instruction.dst();
        if (into != null) {
            json.field("into", into.index());
        }
        if (instruction.target() != Instruction.NOWHERE) {
            json.field("target", instruction.target());
        }
        json.close('}');
    }
}
