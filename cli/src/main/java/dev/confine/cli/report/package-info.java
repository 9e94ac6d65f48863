/** The one place that prints failures and warnings: stderr, the log file. Throws nothing and decides no exit code. */
@NullMarked
package dev.confine.cli.report;

import org.jspecify.annotations.NullMarked;
