#include "java.h"

#include "arguments.h"
#include "sys.h"
#include "text.h"

enum { PATH_LIMIT = 4096 };

struct clone_args {
	uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
};

/* One arena of malloc(3) for all threads, which grows in large steps: what is over in 40 ms has no use for more, and they are many system calls. */
static char *environment[] = {(char *)(uintptr_t)"LC_CTYPE=C.UTF-8", (char *)(uintptr_t)"MALLOC_ARENA_MAX=1",
			      (char *)(uintptr_t)"MALLOC_TOP_PAD_=1048576", NULL};

static void execute(char **arguments)
{
	if (arguments)
		sys3(NR_EXECVE, (long)arguments[0], (long)arguments, (long)environment);
}

/* The directory for what is the caller's own of this library, whose path is a name in it, with + for /. Empty where there is none. */
static void find_own(char *own, const char *library, char **envp)
{
	const char *start = "/var/cache";
	const char *middle = "/confine/java/";
	char *name;

	if (sys1(NR_GETEUID, 0) != 0) {
		start = text_variable(envp, "XDG_CACHE_HOME=");
		if (!start || *start != '/') {
			start = text_variable(envp, "HOME=");
			middle = "/.cache/confine/java/";
		}
	}
	*own = 0;
	if (!start || *start != '/' || !text_append(own, PATH_LIMIT, start) || !text_append(own, PATH_LIMIT, middle))
		return;
	name = own + text_length(own);
	if (!text_append(own, PATH_LIMIT, library)) {
		*own = 0;
		return;
	}
	for (; *name; name++)
		if (*name == '/')
			*name = '+'; /* a JVM replaces what begins with % */
}

/*
 * java as the file has it, the caller's own or that of the library, else lib/find-java with its name and the directory for what is the caller's own.
 * Returns only where nothing can be executed: -errno.
 */
static long execute_java(const char *library, const char *file, char **envp)
{
	char finder[PATH_LIMIT] = "";
	char own[PATH_LIMIT] = "";
	char path[PATH_LIMIT] = "";
	char *finder_arguments[4] = {finder, (char *)(uintptr_t)file, own, NULL};

	find_own(own, library, envp);
	if (*own && text_append(path, sizeof path, own) && text_append(path, sizeof path, "/") &&
	    text_append(path, sizeof path, file))
		execute(arguments_read(path, library, true));
	execute(arguments_read(file, library, false));
	if (!text_append(finder, sizeof finder, library) || !text_append(finder, sizeof finder, "/find-java"))
		return -E_INVAL;
	return sys3(NR_EXECVE, (long)finder, (long)finder_arguments, (long)envp);
}

_Noreturn static void be_java(int socket, const char *library, const char *file, char **envp)
{
	enum { EVERYTHING = 0x7fffffff, NOT_STARTED = 127 };
	char what[PATH_LIMIT] = "cannot start java: ";
	long result;

	sys1(NR_UMASK, 077);
	result = sys3(NR_DUP3, socket, 0, 0);
	if (result == 0)
		result = sys3(NR_CLOSE_RANGE, 3, EVERYTHING, 0);
	if (result == 0)
		result = sys1(NR_CHDIR, (long)library);
	text_append(what, sizeof what, library);
	if (result == 0) {
		result = execute_java(library, file, envp);
		text_append(what, sizeof what, "/find-java");
	}
	text_complain(what, -result);
	sys_exit(NOT_STARTED);
}

static long fork_process(void)
{
	enum { CHILD_ENDED = 17 };
	struct clone_args args = {.exit_signal = CHILD_ENDED};

	return sys3(NR_CLONE3, (long)&args, sizeof args, 0);
}

long java_start(struct conversation *with, const char *library, const char *file, char **envp)
{
	enum { UNIX = 1, STREAM = 1 };
	int ends[2] = {-1, -1};
	long result = sys_call(NR_SOCKETPAIR, UNIX, STREAM | CLOSE_ON_EXEC, 0, (long)ends, 0, 0);

	if (result < 0)
		return result;
	result = fork_process();
	if (result == 0)
		be_java(ends[1], library, file, envp);
	sys_close(ends[1]);
	with->socket = ends[0];
	with->java = (int)result;
	return result < 0 ? result : 0;
}
