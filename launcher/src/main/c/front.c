/* bin/confine: the process that the caller started. */

#include "conversation.h"
#include "engine.h"
#include "hello.h"
#include "java.h"
#include "self.h"
#include "sys.h"
#include "text.h"

ENTRY;

/* A caller may leave out fds 0 to 2; then nothing of ours must take their place. */
static void fill_standard_fds(void)
{
	enum { GET_FLAGS = 1 };

	for (int fd = 0; fd < 3; fd++) {
		long result;

		if (sys3(NR_FCNTL, fd, GET_FLAGS, 0) >= 0)
			continue;
		result = sys_call(NR_OPENAT, CURRENT_DIRECTORY, (long)"/dev/null", READ_WRITE, 0, 0, 0);
		if (result < 0)
			self_refuse("cannot open /dev/null", result);
	}
}

/* An engine begins with the command while this process becomes its copy, which finds the socket in its environment. */
_Noreturn static void become_copy(int argc, char **argv, char **envp)
{
	char entry[sizeof ENGINE_VARIABLE + DECIMAL_LIMIT] = ENGINE_VARIABLE;
	char **environment = self_environment(envp);
	char **end = environment;
	int socket = engine_call(argc, argv, environment);

	while (*end)
		end++;
	if (socket >= 0) {
		text_decimal(entry + sizeof ENGINE_VARIABLE - 1, socket);
		*end = entry;
	}
	self_seal(argv, environment);
}

_Noreturn static void converse(int argc, char **argv, char **envp)
{
	enum { SET_NAME = 15 };
	const char *library = text_variable(envp, LIBRARY_VARIABLE);
	const char *arguments = "java.args";
	struct conversation with = {.socket = -1};
	enum engine_answer answer;
	long result;

	if (!library)
		self_refuse("the copy in memory was not started by bin/confine", 0);
	sys3(NR_PRCTL, SET_NAME, (long)"confine", 0);
	answer = engine_answer(&with, envp);
	if (answer == ENGINE_TAKES) {
		conversation_hold(&with);
		sys_exit(1);
	}
	if (answer == ENGINE_DECLINES)
		arguments = "java.full.args";
	do {
		result = java_start(&with, library, arguments, envp);
		if (result < 0)
			self_refuse("cannot start a process for java", result);
		result = hello_send(with.socket, answer == ENGINE_DECLINES, argc, argv, envp);
		if (result < 0 && result != -E_PIPE)
			self_refuse("cannot say hello to java", result);
		arguments = "java.full.args";
	} while (conversation_hold(&with));
	sys_exit(1);
}

/* What the kernel leaves on the stack: argc, argv, NULL, envp, NULL. */
_Noreturn void launcher_start(long *stack)
{
	int argc = (int)stack[0];
	char **argv = (char **)(stack + 1);

	fill_standard_fds();
	if (!self_is_sealed())
		become_copy(argc, argv, argv + argc + 1);
	converse(argc, argv, argv + argc + 1);
}
