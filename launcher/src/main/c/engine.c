#include "engine.h"

#include "channel.h"
#include "hello.h"
#include "self.h"
#include "sys.h"
#include "text.h"

enum { UNIX = 1, STREAM = 1, PATH_LIMIT = 108 };
enum { SET_FLAGS = 2, CLOSE_ON_EXEC_FLAG = 1 };
enum { PATIENCE = 5 }; /* seconds; an engine that is only just started by its first caller takes less */

struct address {
	uint16_t family;
	char path[PATH_LIMIT];
};

static bool is(const char *text, const char *other)
{
	return text_starts(text, other) && !text[text_length(other)];
}

/* A socket that is connected to that path, or -errno. */
static long connect_to(const struct address *address)
{
	long fd = sys3(NR_SOCKET, UNIX, STREAM, 0);
	long result;

	if (fd < 0)
		return fd;
	do {
		result = sys3(NR_CONNECT, fd, (long)address, sizeof *address);
	} while (result == -E_INTR);
	if (result < 0)
		sys_close((int)fd);
	return result < 0 ? result : fd;
}

/* Whether who listens is the caller: anybody may put a socket somewhere. */
static bool listener_is_mine(long fd)
{
	enum { LEVEL_SOCKET = 1, PEER_CREDENTIALS = 17 };
	struct {
		uint32_t pid;
		uint32_t uid;
		uint32_t gid;
	} peer = {0, 0, 0};
	uint32_t size = sizeof peer;
	long result = sys_call(NR_GETSOCKOPT, fd, LEVEL_SOCKET, PEER_CREDENTIALS, (long)&peer, (long)&size, 0);

	return result == 0 && peer.uid == (uint32_t)sys1(NR_GETEUID, 0);
}

/* START, then the number of the user where END is not NULL, then END. */
static long try(const char *start, const char *end)
{
	struct address address = {.family = UNIX};
	char number[DECIMAL_LIMIT + 1] = "";
	long fd;

	if (end)
		number[text_decimal(number, sys1(NR_GETEUID, 0))] = 0;
	if (!text_append(address.path, PATH_LIMIT, start) || !text_append(address.path, PATH_LIMIT, number) ||
	    !text_append(address.path, PATH_LIMIT, end ? end : ""))
		return -E_INVAL;
	fd = connect_to(&address);
	if (fd >= 0 && !listener_is_mine(fd)) {
		sys_close((int)fd);
		return -E_INVAL;
	}
	return fd;
}

/* In a directory of the user's own at run time. */
static long try_directory(const char *directory)
{
	static const char name[] = "/confine/engine.sock";
	char path[PATH_LIMIT] = "";

	if (!text_append(path, sizeof path, directory) || !text_append(path, sizeof path, name))
		return -E_INVAL;
	return try(path, NULL);
}

/* Where java's side looks for the state directory, there is the socket too. */
static long find(char **envp)
{
	const char *wish = text_variable(envp, "CONFINE_ENGINE=");
	const char *path = text_variable(envp, "CONFINE_ENGINE_SOCKET=");
	const char *directory = text_variable(envp, "XDG_RUNTIME_DIR=");
	long fd;

	if (wish && is(wish, "off"))
		return -E_NOENT;
	if (path && *path)
		return try(path, NULL);
	if (sys1(NR_GETEUID, 0) == 0)
		return try("/run/confine/engine.sock", NULL);
	if (directory && *directory == '/')
		return try_directory(directory);
	fd = try("/run/user/", "/confine/engine.sock");
	return fd >= 0 ? fd : try("/tmp/confine-", "/confine/engine.sock");
}

static bool answers_in_time(int socket)
{
	struct {
		int64_t seconds;
		int64_t nanoseconds;
	} patience = {PATIENCE, 0};
	struct pollfd ready = {socket, POLL_IN, 0};
	long result;

	do {
		result = sys_call(NR_PPOLL, (long)&ready, 1, (long)&patience, 0, 8, 0);
	} while (result == -E_INTR);
	return result > 0;
}

/* After its hello: the type of the first frame, which has no payload; -errno when none comes. */
static long first_word(int socket)
{
	enum { BOTH_WAYS = 2 };
	struct frame frame;
	long result;

	/* what it wrote before the shutdown can still be read; what it would write now fails, so it knows that nobody listens */
	if (!answers_in_time(socket))
		sys3(NR_SHUTDOWN, socket, BOTH_WAYS, 0);
	result = channel_read(socket, &frame, sizeof frame);
	return result < 0 ? result : (long)frame.type;
}

static int meet_parent(const char *path, int argc, char **argv, char **envp)
{
	long fd = try(path, NULL);
	long result;

	if (fd < 0)
		self_refuse("cannot connect to the program that started it", fd);
	result = hello_send((int)fd, false, argc, argv, envp);
	if (result < 0)
		self_refuse("cannot say hello to the program that started it", result);
	return (int)fd;
}

int engine_call(int argc, char **argv, char **envp)
{
	const char *parent = text_variable(envp, PARENT_VARIABLE);
	long fd;

	if (parent)
		return meet_parent(parent, argc, argv, envp);
	fd = find(envp);
	if (fd >= 0 && hello_send((int)fd, false, argc, argv, envp) < 0) {
		sys_close((int)fd);
		return -1;
	}
	return fd >= 0 ? (int)fd : -1;
}

enum engine_answer engine_answer(struct conversation *with, char **envp)
{
	const char *socket = text_variable(envp, ENGINE_VARIABLE);
	long result;

	if (!socket)
		return ENGINE_NONE;
	with->socket = text_number(socket);
	sys3(NR_FCNTL, with->socket, SET_FLAGS, CLOSE_ON_EXEC_FLAG);
	if (text_variable(envp, PARENT_VARIABLE))
		return ENGINE_TAKES;
	result = first_word(with->socket);
	if (result == FRAME_TAKEN)
		return ENGINE_TAKES;
	sys_close(with->socket);
	with->socket = -1;
	return result == FRAME_AGAIN ? ENGINE_DECLINES : ENGINE_NONE;
}
