/**
 * Containers from a JVM: no command line, no Quarkus, no settings files. What a container is and how it is made is in the other packages; here is who starts the launchers, and
 * what a program sees of its containers.
 */
@NullMarked
package dev.confine.library;

import org.jspecify.annotations.NullMarked;
