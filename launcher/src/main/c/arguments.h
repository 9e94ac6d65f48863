#ifndef ARGUMENTS_H
#define ARGUMENTS_H
/* The command line of java, as a file has it. */

#include <stdbool.h>

/* NULL where it cannot be read, is too long, or speaks of files as they are no more; own: it must be the caller's, and nobody else may write it. */
char **arguments_read(const char *file, const char *library, bool own);

#endif
