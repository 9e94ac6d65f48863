package dev.confine.cli.docs;

import java.util.List;

/** What the manual page of confine says beyond its options: files, settings and exit codes. */
public final class Guide {
    private Guide() {}

    /**
     * Sections in the macros of man(7).
     *
     * @param settings the names of the settings, in order
     * @param variables their environment variables, in the same order
     */
    public static String sections(List<String> settings, List<String> variables) {
        StringBuilder out = new StringBuilder("""
                .SH EXIT STATUS
                .TP
                .B 0
                It is done.
                .TP
                .B 1
                It cannot be done; standard error says what, on what, why, and the cure where there is one.
                .TP
                .B 255
                .B confine exec
                could not start the program.
                .P
                .B run
                and
                .B exec
                in the foreground exit as the program does, with 128+\\fIn\\fR where signal \\fIn\\fR ended it.
                .SH FILES
                .TP
                .I /run/confine
                What is remembered of root's containers; an ordinary user's are in
                .IR $XDG_RUNTIME_DIR/confine .
                .TP
                .I \\(ti/.config/confine/confine.properties
                The user's settings.
                .TP
                .I /etc/confine/confine.properties
                The settings of all.
                .SH ENVIRONMENT
                A flag wins over the environment, the environment over the files.
                """);
        for (int i = 0; i < settings.size(); i++) {
            out.append(".TP\n.B ").append(ManPage.escaped(variables.get(i))).append('\n');
            out.append("The setting ").append(ManPage.escaped(settings.get(i))).append(".\n");
        }
        return out.toString();
    }
}
