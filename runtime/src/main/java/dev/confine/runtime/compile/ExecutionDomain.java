package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;

import dev.confine.launch.Syscall;
import dev.confine.spec.Personality;

/** The execution domain of the calling process, personality(2), {@code config-linux.md#personality}. It outlives execve(2). */
final class ExecutionDomain {
    private static final long PER_LINUX = 0;
    private static final long PER_LINUX32 = 8;

    private final Code code;

    ExecutionDomain(Code code) {
        this.code = code;
    }

    /** Takes away too what the caller has set beside the domain, such as ADDR_NO_RANDOMIZE. */
    void enter(Personality personality) {
        long domain = personality.domain() == Personality.Domain.LINUX32 ? PER_LINUX32 : PER_LINUX;
        code.step("enter the execution domain " + personality.domain(), "/linux/personality");
        code.call(Syscall.PERSONALITY, num(domain));
    }
}
