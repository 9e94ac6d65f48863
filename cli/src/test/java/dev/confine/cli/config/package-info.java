@NullMarked
package dev.confine.cli.config;

import org.jspecify.annotations.NullMarked;
