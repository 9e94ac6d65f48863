@NullMarked
package dev.confine.cli.report;

import org.jspecify.annotations.NullMarked;
