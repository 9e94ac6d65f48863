#ifndef SELF_H
#define SELF_H
/* The launcher runs from a sealed copy in memory, so that no container can reach the file it was started from. */

#include <stdbool.h>

/* Whether this process is the copy. */
bool self_is_sealed(void);

/* The caller's environment with the directory of java, for the copy. Of its entries NULL ends it twice: there is room for one more. */
char **self_environment(char **envp);

/* Becomes the copy. */
_Noreturn void self_seal(char **argv, char **envp);

/* Ends a command that has not come as far as a conversation. */
_Noreturn void self_refuse(const char *what, long error);

#endif
