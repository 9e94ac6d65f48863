package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.ConfineException;
import dev.confine.launch.Assembler.Call;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/**
 * One file system that is configured, fsopen(2) or fspick(2), until {@link #close}. What it says in words about an option that it does not like is sent before
 * the step fails; where it attaches is not its matter.
 */
final class FileSystemContext {
    /** fsconfig(2) takes values below this many bytes. */
    private static final int LONGEST_VALUE = 256;

    private final Code code;
    private final Register context;
    private final Register result;
    private final Label refused = new Label();

    FileSystemContext(Code code) {
        this.code = code;
        this.context = code.asm.register();
        this.result = code.asm.register();
    }

    /** A new file system of this type. */
    Call open(String type) {
        return code.call(Syscall.FSOPEN, code.text(type), num(FSOPEN_CLOEXEC)).into(context);
    }

    /** The file system that is mounted where {@code mount} is open. */
    static FileSystemContext pick(Code code, Register mount) {
        FileSystemContext picked = new FileSystemContext(code);
        code.call(Syscall.FSPICK, mount, code.text(""), num(FSPICK_CLOEXEC | FSPICK_EMPTY_PATH))
                .into(picked.context);
        return picked;
    }

    /** The words that are the file system's; {@code pointer} is the mount in config.json. */
    void options(MountWords words, String pointer) {
        for (String flag : words.superblock) {
            flag(flag);
        }
        for (String option : words.data) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                flag(option);
            } else {
                value(option.substring(0, equals), option.substring(equals + 1), pointer);
            }
        }
    }

    private void value(String key, String value, String pointer) {
        if (value.length() < LONGEST_VALUE) {
            string(key, value);
        } else if (key.equals("lowerdir")) {
            // Linux ≥ 6.5 takes the layers one by one
            for (String layer : value.split(":", -1)) {
                string("lowerdir+", layer);
            }
        } else {
            throw new ConfineException("config.json " + pointer + "/options: the value of " + key + " has "
                    + value.length() + " characters, and the kernel takes at most " + (LONGEST_VALUE - 1));
        }
    }

    private void flag(String name) {
        checked(code.call(Syscall.FSCONFIG, context, num(FSCONFIG_SET_FLAG), code.text(name), num(0), num(0)));
    }

    void string(String key, String value) {
        checked(code.call(
                Syscall.FSCONFIG, context, num(FSCONFIG_SET_STRING), code.text(key), code.text(value), num(0)));
    }

    /** {@code FSCONFIG_CMD_CREATE} or {@code FSCONFIG_CMD_RECONFIGURE}. */
    void command(long command) {
        checked(code.call(Syscall.FSCONFIG, context, num(command), num(0), num(0), num(0)));
    }

    private void checked(Call call) {
        call.into(result).onAnyError(refused);
    }

    /** A detached mount of the file system that was made. */
    Call mount(long attributes, Register mount) {
        return code.call(Syscall.FSMOUNT, context, num(FSMOUNT_CLOEXEC), num(attributes))
                .into(mount);
    }

    void close() {
        Label done = new Label();
        Label silent = new Label();
        Register length = code.asm.register();
        code.call(Syscall.CLOSE, context);
        code.asm.jump(done);
        code.asm.place(refused);
        Data words = code.scratch(256);
        code.call(Syscall.READ, context, words, num(256)).into(length).onAnyError(silent);
        code.asm.sendBytes(Tags.FILE_SYSTEM_SAYS, words, length);
        code.asm.place(silent);
        code.asm.fail(result);
        code.asm.place(done);
        code.asm.release(context, result, length);
    }
}
