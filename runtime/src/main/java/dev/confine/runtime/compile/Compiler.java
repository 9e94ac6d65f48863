package dev.confine.runtime.compile;

import dev.confine.launch.Label;
import dev.confine.launch.Operand.Register;

/**
 * Turns a blueprint into a launch program. The program runs in two processes: the front, which the caller started, and the container's first process,
 * which it makes. This class is the order of the sections; each section knows its own part.
 */
public final class Compiler {
    private Compiler() {}

    public static Compiled compile(Blueprint blueprint) {
        Code code = new Code();
        Front front = new Front(code, blueprint);
        Sources sources = new Sources(code, blueprint);
        HostNodes nodes = new HostNodes(code, blueprint);
        Home home = new Home(code, blueprint);
        SecurityLabels labels = new SecurityLabels(code, blueprint);
        CreateHooks hooks = new CreateHooks(code, blueprint);
        Label container = new Label();

        front.prepare();
        home.ask();
        labels.open();
        if (blueprint.privileged()) {
            new Stdio(code, blueprint).giveFromOutside();
            sources.open();
            nodes.make();
        }
        hooks.open();
        front.makeCgroups();
        if (!blueprint.opensCgroupsInside()) {
            sources.openCgroups();
        }
        front.makeProcess(new Namespaces(code, blueprint, front.cgroups()), container);
        labels.leave();
        hooks.leave();
        front.accompany(sources);

        code.asm.place(container);
        container(code, blueprint, front, sources, nodes, home, labels, hooks);
        return code.finish();
    }

    private static void container(
            Code code,
            Blueprint blueprint,
            Front front,
            Sources sources,
            HostNodes nodes,
            Home home,
            SecurityLabels labels,
            CreateHooks hooks) {
        Identity identity = new Identity(code, blueprint);
        TimeNamespace time = new TimeNamespace(code, blueprint);
        Inside inside = front.inside();
        inside.enter();
        time.makeAlone();
        identity.enter();
        time.enter();
        if (!blueprint.privileged()) {
            sources.open();
        }
        if (blueprint.opensCgroupsInside()) {
            sources.openCgroups();
        }
        RootFileSystem rootfs = new RootFileSystem(code, blueprint, sources);
        rootfs.findPlace();
        identity.becomeRoot();
        new Loopback(code, blueprint).up();
        new Keyring(code, blueprint, labels).make();
        if (!blueprint.privileged()) {
            new Stdio(code, blueprint).giveFromInside();
        }
        Mounts mounts = new Mounts(code, blueprint, sources);
        mounts.make();
        Register root = rootfs.attach();
        mounts.emit(root);
        new Devices(code, blueprint, nodes).emit(root);
        new KernelSettings(code, blueprint).emit();
        new HiddenPaths(code, blueprint).emit(root);
        inside.runHooks(hooks, root);
        Terminal terminal = front.terminal();
        if (terminal != null) {
            terminal.make(root);
        }
        Execution execution = new Execution(code, blueprint, home);
        execution.makeDirectory(root);
        rootfs.enter(root);
        execution.enterDirectoryAsRoot(root);
        identity.becomeUser();
        execution.enterDirectoryAsUser(root);
        execution.setPolicies();
        execution.find();
        labels.set();
        inside.awaitStart();
        inside.runStartHooks(execution);
        execution.run(inside);
        inside.fail();
    }
}
