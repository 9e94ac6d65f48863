/** The OCI Runtime Specification's configuration as records, named as in its JSON. Depends on nothing of ours; knows no file format. */
@NullMarked
package dev.confine.spec;

import org.jspecify.annotations.NullMarked;
