/**
 * The OCI Runtime Specification's configuration as records, named as in its JSON. Depends on nothing of ours; knows no file format.
 *
 * <p>Absent is empty: an empty list, map or text, a {@code NONE} of the type where nothing in it is required, and null only where neither
 * could stand for "not given". The {@code toString} of an enum is its word in config.json. Numbers that the specification has as unsigned 32
 * bits are a long; those it has as unsigned 64 bits are the same 64 bits in a long, so the largest is -1.
 */
@NullMarked
package dev.confine.spec;

import org.jspecify.annotations.NullMarked;
