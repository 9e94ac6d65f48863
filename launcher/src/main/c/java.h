#ifndef JAVA_H
#define JAVA_H
/* The JVM at the other end of the conversation. */

#include "conversation.h"

/*
 * Starts it with the arguments in that file, of the library or the caller's own, and one end of a new socket pair as its standard input; the environment is for who
 * has to find a JVM. 0, or -errno.
 */
long java_start(struct conversation *with, const char *library, const char *file, char **envp);

#endif
