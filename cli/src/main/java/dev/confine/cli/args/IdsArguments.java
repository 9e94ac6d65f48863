package dev.confine.cli.args;

import java.util.List;

/**
 * {@code ids}.
 *
 * @param subject a container, process or bundle, as written
 * @param ids numbers or names to translate; none for the whole map
 * @param kinds whether users, groups or both
 * @param fromHost whether {@code ids} are the caller's and not those inside
 * @param form how it is shown
 */
public record IdsArguments(String subject, List<String> ids, Kinds kinds, boolean fromHost, Form form) {
    public IdsArguments {
        ids = List.copyOf(ids);
    }

    /** Which maps. */
    public enum Kinds {
        USERS,
        GROUPS,
        BOTH
    }

    /** What is written. */
    public enum Form {
        TABLE,
        JSON,
        SVG
    }
}
