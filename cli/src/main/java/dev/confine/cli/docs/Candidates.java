package dev.confine.cli.docs;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What may stand in a place of the command line: the words that its option or parameter names itself, else what its label stands for.
 *
 * @param kind where they come from
 * @param words for {@link Kind#WORDS}
 */
record Candidates(Kind kind, List<String> words) {
    /** Where candidates come from. */
    enum Kind {
        CONTAINERS,
        FILES,
        DIRECTORIES,
        WORDS,
        /** It can be anything. */
        NONE
    }

    static Candidates of(ArgSpec arg) {
        if (arg.completionCandidates() != null) {
            List<String> words = new ArrayList<>();
            arg.completionCandidates().forEach(words::add);
            return new Candidates(words.isEmpty() ? Kind.NONE : Kind.WORDS, words);
        }
        return new Candidates(
                switch (arg.paramLabel()) {
                    case "ID", "ID|PID|BUNDLE" -> Kind.CONTAINERS;
                    case "FILE", "SOCKET" -> Kind.FILES;
                    case "DIR", "BUNDLE" -> Kind.DIRECTORIES;
                    default -> Kind.NONE;
                },
                List.of());
    }
}
