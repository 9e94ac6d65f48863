/**
 * Whether a host and a user can run containers: probes that look at files of the host, each with findings that name the cure. It changes nothing and starts no
 * container.
 */
@NullMarked
package dev.confine.runtime.doctor;

import org.jspecify.annotations.NullMarked;
