package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.util.List;

/**
 * Asks the kernel of a container whether somebody may use some paths: a process in its user and mount namespaces becomes that user, asks faccessat2(2)
 * (Linux ≥ 5.8) for each, tells the answers and ends. It opens nothing and changes nothing.
 */
public final class AccessCompiler {
    /** How many questions one program takes; their answers are one message. */
    public static final int MOST = 8000;

    private AccessCompiler() {}

    /**
     * One question.
     *
     * @param path absolute, in the container
     * @param wanted bits as in a mode
     */
    public record Question(String path, int wanted) {}

    /**
     * The answers come with the tag {@link Tags#ACCESS}, 4 bytes each: zero, or a negative errno.
     *
     * @param first pid of the process whose namespaces are joined
     */
    public static Compiled compile(Blueprint blueprint, long first, List<Question> questions) {
        Code code = new Code();
        Front front = new Front(code, blueprint);
        Label container = new Label();
        front.prepare();
        front.makeCgroups();
        Membership membership = new Membership(code, blueprint, front.cgroups(), first, null);
        front.makeProcess(membership, container);
        front.accompany();

        code.asm.place(container);
        Identity identity = new Identity(code, blueprint);
        front.inside().enter();
        identity.enter();
        identity.becomeRoot();
        ExecCompiler.enterRoot(code, membership);
        identity.becomeUser();
        ask(code, questions);
        front.inside().awaitStart();
        code.asm.exit(num(0));
        front.inside().fail();
        return code.finish();
    }

    private static void ask(Code code, List<Question> questions) {
        Data answers = code.asm.zeros(4 * questions.size());
        Register answer = code.asm.register();
        code.step("ask who may use what", "");
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            code.call(
                            Syscall.FACCESSAT2,
                            num(AT_FDCWD),
                            code.text(question.path()),
                            num(question.wanted()),
                            num(AT_EACCESS))
                    .into(answer)
                    .ignoringErrors();
            code.asm.store(4, answers, num(4L * i), answer);
        }
        code.asm.sendBytes(Tags.ACCESS, answers, num(4L * questions.size()));
        code.asm.release(answer);
    }
}
