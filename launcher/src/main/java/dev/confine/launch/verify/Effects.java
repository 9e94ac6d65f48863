package dev.confine.launch.verify;

import dev.confine.launch.Syscall;
import org.jspecify.annotations.Nullable;

/** What a system call that succeeds changes about its process, as far as rules want to know. */
final class Effects {
    private static final int IDENTITY = State.GROUPS | State.GROUP | State.USER | State.CAPABILITIES;

    private Effects() {}

    static void of(Syscall syscall, Site site, State state) {
        switch (syscall) {
            case READ, RECVFROM, RECVMSG, PPOLL, ACCEPT4 -> state.happened(State.WAITED);
            case CLOSE_RANGE -> closed(site, state);
            case DUP3, FCNTL -> {
                if (CloseOnExecRule.handsOn(syscall, site)) {
                    state.happened(State.HANDS_ON);
                }
            }
            case PRCTL -> control(site, state);
            case SETGROUPS -> group(state, State.GROUPS);
            case GETGROUPS -> {
                // the caller's are kept on purpose: the program only asks how many they are
                if (site.is(0, 0)) {
                    group(state, State.GROUPS);
                }
            }
            case SETRESGID -> group(state, State.GROUP);
            case SETRESUID -> {
                if (state.always(State.GROUPS | State.GROUP)) {
                    state.happened(State.USER);
                }
            }
            case CAPSET -> state.happened(State.CAPABILITIES | State.CAPSET);
            case PIVOT_ROOT, CHROOT -> state.happened(State.INSIDE);
            case SETNS -> joined(site, state);
            case UNSHARE -> {
                if (site.mayHave(0, Kernel.CLONE_NEWUSER)) {
                    newUserNamespace(state);
                }
                if (site.has(0, Kernel.CLONE_NEWNS)) {
                    state.happened(State.OTHER_MOUNTS);
                }
            }
            case SECCOMP -> state.happened(State.FILTERED);
            case WAIT4 -> state.happened(State.REAPED);
            case CLONE3 -> {
                if (sharesFiles(site)) {
                    state.happened(State.SHARED_FILES);
                    state.noLonger(State.REAPED);
                }
            }
            default -> {}
        }
    }

    /** An error that the program expects: where groups may not be dropped they are what they have to be. */
    static void ofError(@Nullable Syscall syscall, int errno, State state) {
        if (syscall == Syscall.SETGROUPS && errno == Kernel.EPERM) {
            group(state, State.GROUPS);
        }
    }

    /** What a process that clone3 made has from it. */
    static void ofBirth(Site site, State state) {
        if (!site.isFixed(0, 0, 8) || (site.word(0, 0, 8) & Kernel.CLONE_NEWUSER) != 0) {
            newUserNamespace(state);
        }
        if (site.isFixed(0, 0, 8) && (site.word(0, 0, 8) & Kernel.CLONE_NEWNS) != 0) {
            state.happened(State.OTHER_MOUNTS);
        }
        if (sharesFiles(site)) {
            state.happened(State.MESSENGER);
        }
    }

    /** And nothing else, which {@link CloneRule} sees to. */
    private static boolean sharesFiles(Site site) {
        return site.isFixed(0, 0, 8) && site.word(0, 0, 8) == Kernel.CLONE_FILES;
    }

    private static void newUserNamespace(State state) {
        state.happened(State.NEW_USER_NAMESPACE);
        state.noLonger(State.WAITED | IDENTITY);
    }

    /** Groups that change after the user did leave it to be set anew. */
    private static void group(State state, int fact) {
        state.happened(fact);
        state.noLonger(State.USER);
    }

    private static void closed(Site site, State state) {
        boolean toTheEnd = site.has(1, 0x7fffffffL);
        if (site.isConstant(0) && toTheEnd) {
            state.happened(State.CLOSED);
        }
    }

    private static void control(Site site, State state) {
        if (site.is(0, Kernel.PR_SET_DUMPABLE) && site.is(1, 0)) {
            state.happened(State.UNDUMPABLE);
        }
        if (site.is(0, Kernel.PR_SET_NO_NEW_PRIVS)) {
            state.happened(State.NO_NEW_PRIVILEGES);
        }
    }

    private static void joined(Site site, State state) {
        if (site.is(1, 0) || site.mayHave(1, Kernel.CLONE_NEWNS)) {
            state.happened(State.FOREIGN_MOUNTS);
        }
        if (site.has(1, Kernel.CLONE_NEWNS)) {
            state.happened(State.OTHER_MOUNTS);
        }
    }
}
