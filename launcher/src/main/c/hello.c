#include "hello.h"

#include "channel.h"
#include "sys.h"
#include "text.h"

enum { CWD_LIMIT = 4096 };

struct writer {
	unsigned char *at;
};

static void put(struct writer *to, const void *bytes, size_t size)
{
	__builtin_memcpy(to->at, bytes, size);
	to->at += size;
}

static void put_text(struct writer *to, const char *text)
{
	put(to, text, text_length(text) + 1);
}

static uint32_t terminals(void)
{
	enum { GET_ATTRIBUTES = 0x5401 };
	char termios[256];
	uint32_t found = 0;

	for (int fd = 0; fd < 3; fd++)
		if (sys3(NR_IOCTL, fd, GET_ATTRIBUTES, (long)termios) == 0)
			found |= 1U << fd;
	return found;
}

static uint64_t permitted_capabilities(void)
{
	enum { VERSION_3 = 0x20080522 };
	struct {
		uint32_t version;
		int32_t pid;
	} header = {VERSION_3, 0};
	struct {
		uint32_t effective;
		uint32_t permitted;
		uint32_t inheritable;
	} sets[2] = {{0, 0, 0}, {0, 0, 0}};

	sys3(NR_CAPGET, (long)&header, (long)sets, 0);
	return sets[0].permitted | (uint64_t)sets[1].permitted << 32;
}

static uint32_t current_umask(void)
{
	long mask = sys1(NR_UMASK, 077);

	sys1(NR_UMASK, mask);
	return (uint32_t)mask;
}

/* What is between the processes of confine alone. */
static bool is_internal(const char *entry)
{
	return text_starts(entry, LIBRARY_VARIABLE) || text_starts(entry, PARENT_VARIABLE) || text_starts(entry, ENGINE_VARIABLE);
}

/* Bytes of the strings with their NULs; how many there are. */
static uint64_t measure(char **strings, uint32_t *count)
{
	uint64_t size = 0;

	*count = 0;
	for (; *strings; strings++) {
		if (is_internal(*strings))
			continue;
		size += text_length(*strings) + 1;
		++*count;
	}
	return size;
}

static void put_strings(struct writer *to, char **strings)
{
	for (; *strings; strings++)
		if (!is_internal(*strings))
			put_text(to, *strings);
}

static void put_cwd(struct writer *to)
{
	char cwd[CWD_LIMIT];
	long length = sys3(NR_GETCWD, (long)cwd, sizeof cwd, 0);

	put_text(to, length > 0 && cwd[0] == '/' ? cwd : "");
}

static void put_groups(struct writer *to, uint32_t count)
{
	/* the numbers go in place: behind the fixed part they are aligned */
	long got = sys3(NR_GETGROUPS, count, (long)to->at, 0);

	if (got > 0)
		to->at += (uint64_t)got * sizeof(uint32_t);
}

long hello_send(int socket, bool declined, int argc, char **argv, char **envp)
{
	enum { PROTOCOL = 2 };
	struct hello hello = {.architecture = ARCHITECTURE};
	char **arguments = argc > 0 ? argv + 1 : argv;
	const char *library = text_variable(envp, LIBRARY_VARIABLE);
	long groups = sys3(NR_GETGROUPS, 0, 0, 0);
	uint64_t size = measure(arguments, &hello.arguments) + measure(envp, &hello.environment);
	unsigned char *memory;
	struct writer to;
	long result;

	hello.pid = (uint32_t)sys1(NR_GETPID, 0);
	hello.uid = (uint32_t)sys1(NR_GETEUID, 0);
	hello.gid = (uint32_t)sys1(NR_GETEGID, 0);
	hello.umask = current_umask();
	hello.terminals = terminals();
	hello.declined = declined;
	hello.capabilities = permitted_capabilities();
	hello.groups = groups > 0 ? (uint32_t)groups : 0;
	size += sizeof hello + (uint64_t)hello.groups * sizeof(uint32_t) + CWD_LIMIT + text_length(library) + 1;
	memory = sys_map(size);
	if (!memory)
		return -E_NOMEM;
	to.at = memory;
	put(&to, &hello, sizeof hello);
	put_groups(&to, hello.groups);
	put_cwd(&to);
	put_text(&to, library);
	put_strings(&to, arguments);
	put_strings(&to, envp);
	result = channel_send(socket, FRAME_HELLO, PROTOCOL, memory, (uint32_t)(to.at - memory));
	sys_unmap(memory, size);
	return result;
}
