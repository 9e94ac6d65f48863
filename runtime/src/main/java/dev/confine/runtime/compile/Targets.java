package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import java.util.ArrayList;
import java.util.List;

/**
 * Places in the container's root, made where they are missing. Every component is resolved anew beneath the root, so a link that is swapped in meanwhile leads
 * nowhere else; a directory is made in the one that is open.
 */
final class Targets {
    private static final int DIRECTORY_MODE = 0755;
    private static final int FILE_MODE = 0644;

    private final Code code;
    private final Register root;

    Targets(Code code, Register root) {
        this.code = code;
        this.root = root;
    }

    /** Opens the directory {@code path}. */
    void directory(String path, long resolve, Register fd) {
        Label there = new Label();
        Label missing = new Label();
        code.openInRoot(root, path, O_PATH, resolve, fd).onError(Errno.ENOENT, missing);
        code.asm.jump(there);
        code.asm.place(missing);
        makeDirectories(components(path), resolve, fd);
        code.asm.place(there);
    }

    /** Opens {@code path}; where it is missing it becomes what {@code like} is: a directory or an empty file. */
    void like(Register like, String path, Register fd) {
        Label there = new Label();
        Label missing = new Label();
        Label directory = new Label();
        code.openInRoot(root, path, O_PATH, 0, fd).onError(Errno.ENOENT, missing);
        code.asm.jump(there);
        code.asm.place(missing);
        List<String> components = components(path);
        code.stat(like);
        code.jumpIfType(S_IFDIR, directory);
        makeDirectories(components.subList(0, components.size() - 1), 0, fd);
        code.call(Syscall.CLOSE, fd);
        // by the whole path: where an image has a symbolic link to nothing, the file is made at its end, beneath the
        // root
        Data how = code.struct(
                O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, FILE_MODE, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
        code.call(Syscall.OPENAT2, root, code.text(path), how, num(24)).into(fd);
        code.asm.jump(there);
        code.asm.place(directory);
        makeDirectories(components, 0, fd);
        code.asm.place(there);
    }

    /** Leaves {@code fd} open on the last of the components, each made if it is missing. */
    private void makeDirectories(List<String> components, long resolve, Register fd) {
        StringBuilder path = new StringBuilder("/");
        Register next = code.asm.register();
        code.openInRoot(root, "/", O_PATH, 0, fd);
        for (String component : components) {
            path.append(path.length() > 1 ? "/" : "").append(component);
            Label there = new Label();
            Label missing = new Label();
            code.openInRoot(root, path.toString(), O_PATH, resolve, next).onError(Errno.ENOENT, missing);
            code.asm.jump(there);
            code.asm.place(missing);
            code.call(Syscall.MKDIRAT, fd, code.text(component), num(DIRECTORY_MODE))
                    .ignoring(Errno.EEXIST);
            code.openInRoot(root, path.toString(), O_PATH, resolve, next);
            code.asm.place(there);
            code.call(Syscall.CLOSE, fd);
            code.asm.move(fd, next);
        }
        code.asm.release(next);
    }

    /** The components of an absolute path, without empty ones, {@code .} and {@code ..} (which never leads above the root). */
    static List<String> components(String path) {
        List<String> components = new ArrayList<>();
        int start = 0;
        while (start < path.length()) {
            int end = path.indexOf('/', start);
            end = end < 0 ? path.length() : end;
            String component = path.substring(start, end);
            if (component.equals("..")) {
                if (!components.isEmpty()) {
                    components.remove(components.size() - 1);
                }
            } else if (!component.isEmpty() && !component.equals(".")) {
                components.add(component);
            }
            start = end + 1;
        }
        return components;
    }
}
