#ifndef ENGINE_H
#define ENGINE_H
/* A JVM that runs already and listens on a socket: the engine, or the program that started this process. */

#include "conversation.h"

enum engine_answer {
	ENGINE_NONE,     /* nobody answers, or refuses: java is to be started with java.args */
	ENGINE_DECLINES, /* it has no answer: java is to be started with java.full.args */
	ENGINE_TAKES,    /* the conversation is with it */
};

/* Says hello to it where there is one. Until it takes the command it has done nothing. */
enum engine_answer engine_ask(struct conversation *with, int argc, char **argv, char **envp);

#endif
