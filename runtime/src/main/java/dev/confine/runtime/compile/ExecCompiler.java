package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/**
 * Turns the blueprint of a process that is added to a container into a launch program: the sections of {@link Compiler} that are a process's own, in its
 * order. It mounts nothing and makes no namespace.
 */
public final class ExecCompiler {
    private ExecCompiler() {}

    /** @param first pid of the container's first process */
    public static Compiled compile(Blueprint blueprint, long first) {
        Code code = new Code();
        Front front = new Front(code, blueprint);
        Home home = new Home(code, blueprint);
        SecurityLabels labels = new SecurityLabels(code, blueprint);
        Label container = new Label();

        front.prepare();
        labels.open();
        if (blueprint.privileged()) {
            new Stdio(code, blueprint).giveFromOutside();
        }
        front.makeCgroups();
        Membership membership = new Membership(code, blueprint, front.cgroups(), first);
        front.makeProcess(membership, container);
        labels.leave();
        front.accompany();

        code.asm.place(container);
        container(code, blueprint, front, home, labels, membership);
        return code.finish();
    }

    private static void container(
            Code code, Blueprint blueprint, Front front, Home home, SecurityLabels labels, Membership membership) {
        Identity identity = new Identity(code, blueprint);
        front.inside().enter();
        identity.enter();
        identity.becomeRoot();
        new Keyring(code, blueprint, labels).join();
        if (!blueprint.privileged()) {
            new Stdio(code, blueprint).giveFromInside();
        }
        Register root = enterRoot(code, membership);
        home.askInside(root);
        Terminal terminal = front.terminal();
        if (terminal != null) {
            terminal.add(root);
        }
        Execution execution = new Execution(code, blueprint, home);
        execution.enterDirectoryAsRoot(root);
        identity.becomeUser();
        execution.enterDirectoryAsUser(root);
        execution.setPolicies();
        execution.find();
        labels.set();
        front.inside().awaitStart();
        execution.run(front.inside());
        front.inside().fail();
    }

    /** setns(2) has led to the root of the container's mount namespace, if it has one; then the chroot changes nothing but what the verifier allows from here on. */
    static Register enterRoot(Code code, Membership membership) {
        Register first = membership.root();
        Register root = first == null ? code.asm.register() : first;
        code.step("enter the container's root directory", "");
        if (first == null) {
            code.call(Syscall.OPENAT, num(AT_FDCWD), code.text("/"), num(O_PATH | O_CLOEXEC), num(0))
                    .into(root);
        }
        code.call(Syscall.FCHDIR, root);
        code.call(Syscall.CHROOT, code.text("."));
        return root;
    }
}
