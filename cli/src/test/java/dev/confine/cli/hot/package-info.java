@NullMarked
package dev.confine.cli.hot;

import org.jspecify.annotations.NullMarked;
