#ifndef SELF_H
#define SELF_H
/* The launcher runs from a sealed copy in memory, so that no container can reach the file it was started from. */

/* Returns in the copy alone, with the directory of java; else does not return. */
const char *self_seal(char **argv, char **envp);

/* Ends a command that has not come as far as a conversation. */
_Noreturn void self_refuse(const char *what, long error);

#endif
