#ifndef HELLO_H
#define HELLO_H
/* The first message: who is calling. */

/* The entry of the environment in which the sealed copy finds the directory of java; Java is not told. */
#define LIBRARY_VARIABLE "_CONFINE_LIB="

/* The entry with the socket of the program that started this one and converses with it; Java is not told. */
#define PARENT_VARIABLE "_CONFINE_SOCKET="

long hello_send(int socket, int argc, char **argv, char **envp);

#endif
