@NullMarked
package dev.confine.cli.docs;

import org.jspecify.annotations.NullMarked;
