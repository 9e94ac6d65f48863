/**
 * Whole containers, started by the distribution as a user starts them: one class an OCI topic, each test as root and, where that is meant to work, as an
 * ordinary user. What needs no kernel is tested beside the class that does it, and no class of the product is used here.
 */
@NullMarked
package dev.confine.it;

import org.jspecify.annotations.NullMarked;
