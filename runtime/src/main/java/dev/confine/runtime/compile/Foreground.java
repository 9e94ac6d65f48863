package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;
import static dev.confine.runtime.compile.Kernel.*;

import dev.confine.launch.Condition;
import dev.confine.launch.Label;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;
import org.jspecify.annotations.Nullable;

/**
 * What the front does about signals, and how it stays with a container in the foreground without a JVM: it passes signals on, reaps, removes what is left and
 * ends with the container's exit code.
 */
final class Foreground {
    /** All signals but those that cannot be blocked or that mean the front's own fault: KILL, STOP, ILL, TRAP, BUS, FPE, SEGV. */
    private static final long MASK = ~(bit(9) | bit(19) | bit(4) | bit(5) | bit(7) | bit(8) | bit(11));

    /** What stops a job in the background that uses its terminal: with one to relay the front does as any such job. */
    private static final long STOPS = bit(SIGTTIN) | bit(SIGTTOU);

    private static final int SIGINFO_CODE = 8;
    private static final int SIGINFO_PID = 16;
    private static final int SIGINFO_STATUS = 24;

    private final Code code;
    private final Blueprint blueprint;
    private final Cgroups cgroups;
    private final Register signals;
    private final Data mask;
    private final Data before;
    private @Nullable TerminalRelay relay;

    Foreground(Code code, Blueprint blueprint, Cgroups cgroups) {
        this.code = code;
        this.blueprint = blueprint;
        this.cgroups = cgroups;
        this.signals = code.asm.register();
        this.mask = code.struct(relays(blueprint) ? MASK & ~STOPS : MASK);
        this.before = code.asm.zeros(8);
    }

    /** Whether the front stays between the caller and the container's terminal. */
    static boolean relays(Blueprint blueprint) {
        return blueprint.process().terminal() && blueprint.mode().foreground();
    }

    void relayThrough(TerminalRelay taken) {
        relay = taken;
    }

    /** The signalfd, once signals are blocked. */
    Register signals() {
        return signals;
    }

    void blockSignals() {
        code.call(Syscall.RT_SIGPROCMASK, num(SIG_BLOCK), mask, before, num(8));
        // while the container is made its helpers end, and that is no reason to give up
        long stops = relays(blueprint) ? STOPS : 0;
        Data fromOutside = code.struct(MASK & ~bit(SIGCHLD) & ~stops);
        code.call(Syscall.SIGNALFD4, num(-1), fromOutside, num(8), num(SFD_CLOEXEC))
                .into(signals);
    }

    /** In the container's process: signals as the caller had them. */
    void restoreSignals() {
        code.call(Syscall.RT_SIGPROCMASK, num(SIG_SETMASK), before, num(0), num(8));
    }

    /** @param watch what may end a hook, or null where there are no hooks */
    void stay(Register process, Register pid, @Nullable HookWatch watch) {
        code.step("stay in the foreground", "");
        Label failed = new Label();
        if (relay == null) {
            code.asm.onFailure(null);
        } else {
            relay.prepare();
            code.asm.onFailure(failed);
        }
        code.asm.releaseConversation();
        code.call(Syscall.SIGNALFD4, signals, mask, num(8), num(SFD_CLOEXEC));
        if (relay != null) {
            relay.begin();
        }
        Data info = code.asm.zeros(128);
        Register word = code.asm.register();
        Label wait = new Label();
        Label reap = new Label();
        code.asm.place(wait);
        if (relay != null) {
            relay.copy(signals, wait);
        }
        code.call(Syscall.READ, signals, info, num(128)).repeating();
        code.asm.load(word, 4, info, num(0));
        code.asm.jumpIf(word, Condition.EQUAL, num(SIGCHLD), reap);
        if (relay != null) {
            relay.heed(word, wait);
        }
        code.call(Syscall.PIDFD_SEND_SIGNAL, process, word, num(0), num(0)).ignoringErrors();
        code.asm.jump(wait);

        code.asm.place(reap);
        code.asm.store(4, info, num(SIGINFO_PID), num(0));
        code.call(Syscall.WAITID, num(P_ALL), num(0), info, num(WEXITED | WNOHANG), num(0))
                .onAnyError(wait);
        code.asm.load(word, 4, info, num(SIGINFO_PID));
        code.asm.jumpIf(word, Condition.EQUAL, num(0), wait);
        code.asm.jumpIf(word, Condition.NOT_EQUAL, pid, reap);
        code.asm.release(word);
        if (relay != null) {
            relay.drain(signals);
            relay.end();
        }
        end(info, watch);
        if (relay != null) {
            code.asm.place(failed);
            relay.end();
            code.asm.exit(num(1));
        }
    }

    private void end(Data info, @Nullable HookWatch watch) {
        code.step("end as the container did", "");
        Register status = code.asm.register();
        Register how = code.asm.register();
        Label exited = new Label();
        code.asm.load(status, 4, info, num(SIGINFO_STATUS));
        code.asm.load(how, 4, info, num(SIGINFO_CODE));
        code.asm.jumpIf(how, Condition.EQUAL, num(CLD_EXITED), exited);
        code.asm.add(status, status, num(128));
        code.asm.place(exited);
        if (blueprint.mode() == Blueprint.Mode.RUN) {
            cgroups.remove();
            removeState();
            if (watch != null) {
                PoststopHooks.run(code, blueprint, watch, new HookWarning.ToStderr(code));
            }
        }
        code.asm.exit(status);
        code.asm.release(status, how);
    }

    /** Removes the state directory; what is not there is no error. */
    void removeState() {
        String directory = blueprint.stateDirectory();
        remove(directory + "/state.json", 0);
        remove(directory + "/state.json.new", 0);
        remove(directory + "/" + Blueprint.BUILT_STATE, 0);
        remove(directory + "/config.json", 0);
        if (!blueprint.cgroups().removals().isEmpty()) {
            remove(directory + "/" + Blueprint.CGROUPS, 0);
        }
        if (blueprint.startHasListener()) {
            remove(directory + "/" + Blueprint.LISTENER, 0);
        }
        HostNodes.forget(code, blueprint);
        if (blueprint.request().noNewKeyring()) {
            remove(directory + "/" + Blueprint.CALLERS_KEYRING, 0);
        }
        remove(directory + "/" + Blueprint.START_SOCKET, 0);
        remove(directory, AT_REMOVEDIR);
    }

    void removePidFile() {
        String pidFile = blueprint.request().pidFile();
        if (pidFile != null) {
            remove(pidFile, 0);
            remove(pidFile + ".new", 0);
        }
    }

    private void remove(String path, long flags) {
        code.call(Syscall.UNLINKAT, num(AT_FDCWD), code.text(path), num(flags)).ignoringErrors();
    }

    private static long bit(int signal) {
        return 1L << (signal - 1);
    }
}
