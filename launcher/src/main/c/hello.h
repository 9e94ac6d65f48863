#ifndef HELLO_H
#define HELLO_H
/* The first message: who is calling. */

#include <stdbool.h>

/* The entry of the environment in which the sealed copy finds the directory of java; Java is not told. */
#define LIBRARY_VARIABLE "_CONFINE_LIB="

/* The entry with the socket of the program that started this one and converses with it; Java is not told. */
#define PARENT_VARIABLE "_CONFINE_SOCKET="

/* The entry with the number of the socket at which the sealed copy finds who was said hello to before it was executed; Java is not told. */
#define ENGINE_VARIABLE "_CONFINE_ENGINE="

/* declined: an engine was asked before, and had no answer. */
long hello_send(int socket, bool declined, int argc, char **argv, char **envp);

#endif
