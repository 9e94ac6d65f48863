/** What is said to criu and what it answers: the messages of its RPC, criu's rpc.proto. Starts nothing; how a message gets there is the lifecycle's. */
@NullMarked
package dev.confine.runtime.criu;

import org.jspecify.annotations.NullMarked;
