package dev.confine.validate;

import dev.confine.Quoted;
import dev.confine.spec.Box;
import dev.confine.spec.Process;
import java.util.List;

/** {@code process}: what is run, where, with which environment. */
final class ProcessRules {
    private static final int WIDEST = 0xffff;

    private ProcessRules() {}

    static void check(Process process, Violations found) {
        List<String> args = process.args();
        if (args.isEmpty()) {
            found.add("/process/args", "is missing or empty: name the program to run, for example [\"sh\"]");
        } else {
            found.addIf(args.get(0).isEmpty(), "/process/args/0", "is empty: name the program to run");
        }
        found.absolute("/process/cwd", process.cwd());
        environment(process.env(), "/process/env", found);
        Integer score = process.oomScoreAdj();
        if (score != null && (score < -1000 || score > 1000)) {
            found.add("/process/oomScoreAdj", "must be from -1000 to 1000, not " + score);
        }
        oneLine("/process/apparmorProfile", process.apparmorProfile(), found);
        oneLine("/process/selinuxLabel", process.selinuxLabel(), found);
        Box size = process.consoleSize();
        if (size != null) {
            side("/process/consoleSize/height", size.height(), found);
            side("/process/consoleSize/width", size.width(), found);
        }
    }

    /** A line break ends what the kernel reads of it, and would leave the process without. */
    private static void oneLine(String pointer, String label, Violations found) {
        found.addIf(label.indexOf('\n') >= 0, pointer, "must be one line");
    }

    /** The kernel has 16 bits for it, ioctl_tty(2). */
    private static void side(String pointer, long cells, Violations found) {
        if (Long.compareUnsigned(cells, WIDEST) > 0) {
            found.add(pointer, "must be at most " + WIDEST + ", not " + Long.toUnsignedString(cells));
        }
    }

    /** Also that of a hook. */
    static void environment(List<String> env, String pointer, Violations found) {
        for (int i = 0; i < env.size(); i++) {
            if (env.get(i).indexOf('=') < 1) {
                found.add(Pointer.item(pointer, i), "must be NAME=value, not " + Quoted.text(env.get(i)));
            }
        }
    }
}
