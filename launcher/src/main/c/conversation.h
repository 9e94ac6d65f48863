#ifndef CONVERSATION_H
#define CONVERSATION_H
/* A process's side of the conversation with Java. */

#include <stdbool.h>
#include <stdint.h>

#include "wire.h"

struct conversation {
	int socket;     /* -1 once it is released */
	int java;       /* the JVM's pid; 0 for one that ran before */
	bool child;     /* made by a program: neither converses nor waits for the JVM */
	bool unwritten; /* a write to the caller's stdout failed */
};

/* Obeys Java until it says EXIT or AGAIN; false when it breaks off. Waits for the JVM's end. */
bool conversation_hold(struct conversation *with);

/* Ends this process; the front waits for the JVM before. */
_Noreturn void conversation_exit(struct conversation *with, int code);

/* Writes a STDOUT or STDERR frame whose header was read, and skips any other. */
long conversation_output(struct conversation *with, const struct frame *frame);

#endif
