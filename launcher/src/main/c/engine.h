#ifndef ENGINE_H
#define ENGINE_H
/* A JVM that runs already and listens on a socket: the engine, or the program that started this process. */

#include "conversation.h"

enum engine_answer {
	ENGINE_NONE,     /* nobody answers, or refuses: java is to be started with java.args */
	ENGINE_DECLINES, /* it has no answer: java is to be started with java.full.args */
	ENGINE_TAKES,    /* the conversation is with it */
};

/* Says hello to it where there is one: the socket, which stays open when this process executes another program; else -1. */
int engine_call(int argc, char **argv, char **envp);

/* What it says to that. Until it takes the command it has done nothing. */
enum engine_answer engine_answer(struct conversation *with, char **envp);

#endif
