/** What each verb does, given its arguments and a place to work. Parses no command line and chooses no exit code but a container's. */
@NullMarked
package dev.confine.cli.verb;

import org.jspecify.annotations.NullMarked;
