package dev.confine.cli.docs;

import picocli.CommandLine.Model.CommandSpec;

/** A shell that completes command lines of confine, and where a prefix such as /usr/local keeps its completions. */
public enum Shell {
    BASH("share/bash-completion/completions/confine") {
        @Override
        public String script(CommandSpec confine) {
            return new BashCompletion(confine).script();
        }
    },
    ZSH("share/zsh/site-functions/_confine") {
        @Override
        public String script(CommandSpec confine) {
            return new ZshCompletion(confine).script();
        }
    },
    FISH("share/fish/vendor_completions.d/confine.fish") {
        @Override
        public String script(CommandSpec confine) {
            return new FishCompletion(confine).script();
        }
    };

    private final String file;

    Shell(String file) {
        this.file = file;
    }

    /** Beneath a prefix. */
    public String file() {
        return file;
    }

    /** The completion of {@code confine} and its subcommands. */
    public abstract String script(CommandSpec confine);
}
