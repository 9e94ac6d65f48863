package dev.confine.launch.verify;

import dev.confine.launch.Syscall;

/**
 * A new process shares neither memory nor files with its maker: both run the launcher on one stack, and close what is not theirs. One that shares
 * files and nothing else is a messenger, see {@link MessengerRule}.
 */
final class CloneRule implements Rule {
    private static final long SHARED =
            Kernel.CLONE_VM | Kernel.CLONE_FS | Kernel.CLONE_FILES | Kernel.CLONE_SIGHAND | Kernel.CLONE_THREAD;
    private static final int STACK = 40;

    @Override
    public void check(Site site, Syscall syscall, State before, Findings findings) {
        if (syscall == Syscall.UNSHARE && !site.isConstant(0)) {
            findings.add(site.index(), "the flags of unshare are not constant");
        }
        if (syscall != Syscall.CLONE3) {
            return;
        }
        if (!site.isFixed(0, 0, 8)) {
            findings.add(site.index(), "the flags of clone3 are not constant");
        } else if ((site.word(0, 0, 8) & SHARED) != 0 && site.word(0, 0, 8) != Kernel.CLONE_FILES) {
            findings.add(site.index(), "the new process shares memory or files with its maker");
        }
        if (!site.isFixed(0, STACK, 8) || site.word(0, STACK, 8) != 0) {
            findings.add(site.index(), "the new process gets a stack of its own");
        }
    }
}
