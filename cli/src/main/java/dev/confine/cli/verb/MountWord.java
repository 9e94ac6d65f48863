package dev.confine.cli.verb;

import dev.confine.ConfineException;
import dev.confine.Quoted;
import dev.confine.spec.Mount;
import dev.confine.spi.Caller;
import java.util.ArrayList;
import java.util.List;

/**
 * A mount on the command line: {@code type=bind,source=/srv,destination=/srv,ro,nosuid}. What is not type, source or destination is an option, in its order. There
 * is no quoting: a mount with a comma in a value is written into a file.
 */
final class MountWord {
    private MountWord() {}

    /** The source of a bind mount may be relative to the caller's directory. */
    static Mount parse(String words, Caller caller) {
        String type = "";
        String source = "";
        String destination = "";
        List<String> options = new ArrayList<>();
        int start = 0;
        while (start <= words.length()) {
            int comma = words.indexOf(',', start);
            int end = comma < 0 ? words.length() : comma;
            String word = words.substring(start, end);
            int equals = word.indexOf('=');
            String value = word.substring(equals + 1);
            switch (equals < 0 ? "" : word.substring(0, equals)) {
                case "type" -> type = value;
                case "source", "src" -> source = value;
                case "destination", "target", "dst" -> destination = value;
                default -> options.add(word);
            }
            start = end + 1;
        }
        if (destination.isEmpty() || options.contains("")) {
            throw new ConfineException("--mount " + Quoted.text(words)
                    + ": write type=TYPE,source=SOURCE,destination=PATH and options, with commas between them");
        }
        boolean bind = type.equals("bind") || options.contains("bind") || options.contains("rbind");
        return new Mount(destination, type, bind ? caller.resolve(source) : source, options);
    }
}
