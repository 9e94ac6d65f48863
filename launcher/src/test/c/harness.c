/*
 * The launcher's conversation and interpreter on a kernel that is made up: what Java says comes from a file, memory is the
 * sanitizers', system calls of programs return anything. It is built with -DHOSTED and the sources of the launcher.
 *
 * usage: harness MUTATIONS FILE...
 * Each file is a stream of frames. It is played whole, cut at every byte, and MUTATIONS times with some bytes changed.
 */

#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "channel.h"
#include "conversation.h"
#include "sys.h"

enum { SOCKET = 100, JAVA = 101, CHILD = 102, TICKS = 5000, MAPPINGS = 64 };

static struct {
	const uint8_t *input;
	size_t size;
	size_t at;
	uint64_t random;
	bool whole; /* system calls do all that they are asked to and never fail */
	int ticks;
	int exit_code;
	uint8_t output[1 << 20];
	size_t output_size;
	struct {
		void *memory;
		size_t size;
	} mappings[MAPPINGS];
	jmp_buf end;
} world;

static uint64_t dice(uint64_t sides)
{
	world.random ^= world.random << 13;
	world.random ^= world.random >> 7;
	world.random ^= world.random << 17;
	return world.random % sides;
}

static void fatal(const char *what)
{
	fprintf(stderr, "harness: %s\n", what);
	abort();
}

/* Some of what is asked for, as a kernel may do. */
static size_t some(size_t size)
{
	return world.whole || size == 0 ? size : 1 + dice(size);
}

static long read_input(void *to, size_t size, bool stays)
{
	size_t left = world.size - world.at;

	if (!world.whole && dice(50) == 0)
		return -E_INTR;
	size = size < left ? size : left;
	size = stays ? size : some(size);
	memcpy(to, world.input + world.at, size);
	world.at += stays ? 0 : size;
	return (long)size;
}

static long take_output(const void *from, size_t size)
{
	size_t room = sizeof world.output - world.output_size;

	if (!world.whole && dice(20) == 0)
		return -(long)(dice(3) == 0 ? E_INTR : dice(2) ? E_AGAIN : E_PIPE);
	size = some(size);
	/* read even what is not kept, for the sanitizers */
	for (size_t i = 0; i < size; i++) {
		volatile uint8_t byte = ((const uint8_t *)from)[i];

		if (i < room)
			world.output[world.output_size + i] = byte;
	}
	world.output_size += size < room ? size : room;
	return (long)size;
}

static long send_output(const struct msghdr *message)
{
	long sent = 0;

	for (uint64_t i = 0; i < message->iov_count; i++) {
		long count;

		if (message->iov[i].length == 0)
			continue;
		count = take_output(message->iov[i].base, message->iov[i].length);
		if (count < 0)
			return sent ? sent : count == -E_AGAIN ? -E_PIPE : count;
		sent += count;
		if ((uint64_t)count < message->iov[i].length)
			break;
	}
	return sent;
}

static long map(size_t size)
{
	if (!world.whole && dice(100) == 0)
		return -E_NOMEM;
	for (int i = 0; i < MAPPINGS; i++)
		if (!world.mappings[i].memory) {
			world.mappings[i].memory = calloc(1, size);
			world.mappings[i].size = size;
			return (long)world.mappings[i].memory;
		}
	fatal("mappings are not given back");
	return 0;
}

static long unmap(void *memory, size_t size)
{
	for (int i = 0; i < MAPPINGS; i++)
		if (world.mappings[i].memory == memory && world.mappings[i].size == size) {
			free(memory);
			world.mappings[i].memory = NULL;
			return 0;
		}
	fatal("unmaps what is not mapped");
	return 0;
}

static long poll(struct pollfd *fds, long count)
{
	for (long i = 0; i < count; i++)
		fds[i].revents = fds[i].fd == SOCKET ? fds[i].events : 0;
	if (!world.whole && count == 2 && dice(4) == 0)
		fds[1].revents = POLL_IN;
	return 1;
}

long hosted_call(long nr, long a, long b, long c, long d, long e, long f)
{
	(void)e, (void)f;
	switch (nr) {
	case NR_READ:
		if (a != SOCKET)
			fatal("reads from another fd than its socket");
		return read_input((void *)b, (size_t)c, false);
	case NR_RECVFROM:
		if (a != SOCKET || d != MESSAGE_PEEK)
			fatal("receives what it does not peek at");
		return read_input((void *)b, (size_t)c, true);
	case NR_WRITE:
		if (a != 1 && a != 2)
			fatal("writes to another fd than 1 and 2");
		return take_output((void *)b, (size_t)c);
	case NR_SENDMSG:
		return send_output((const struct msghdr *)a ? (const struct msghdr *)b : NULL);
	case NR_MMAP:
		return map((size_t)b);
	case NR_MUNMAP:
		return unmap((void *)a, (size_t)b);
	case NR_PPOLL:
		return poll((struct pollfd *)a, b);
	case NR_WAIT4:
		*(int *)b = 0;
		return JAVA;
	case NR_GETPID:
		return 42;
	case NR_CLOSE:
		return 0;
	case NR_EXIT_GROUP:
		world.exit_code = (int)a;
		longjmp(world.end, 1);
	default:
		fatal("makes a system call that the harness does not know");
		return 0;
	}
}

long hosted_program_call(long nr, long a, long b, long c, long d, long e, long f)
{
	(void)a, (void)b, (void)c, (void)d, (void)e, (void)f;
	if (nr == NR_CLONE3)
		return world.whole || dice(2) ? CHILD : 0;
	if (world.whole || dice(2))
		return (long)dice(100);
	return dice(2) ? -(long)dice(40) : (long)(dice(UINT64_MAX));
}

void hosted_tick(void)
{
	if (++world.ticks > TICKS)
		longjmp(world.end, 1);
}

static void play(const uint8_t *input, size_t size, uint64_t seed, bool whole)
{
	struct conversation with = {.socket = SOCKET, .java = JAVA};

	world.input = input;
	world.size = size;
	world.at = 0;
	world.random = seed * 2 + 88172645463325253ULL;
	world.whole = whole;
	world.ticks = 0;
	world.exit_code = -1;
	world.output_size = 0;
	if (!setjmp(world.end) && !conversation_hold(&with))
		world.exit_code = 1;
	for (int i = 0; i < MAPPINGS; i++) {
		free(world.mappings[i].memory);
		world.mappings[i].memory = NULL;
	}
}

#ifdef FUZZER
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	play(data, size, size, size % 2 == 0);
	return 0;
}
#else
static uint8_t *copy(const uint8_t *from, size_t size)
{
	uint8_t *to = malloc(size ? size : 1);

	memcpy(to, from, size);
	return to;
}

static void cut(const uint8_t *stream, size_t size)
{
	for (size_t length = 0; length < size; length++) {
		uint8_t *part = copy(stream, length);

		play(part, length, length, length % 2 == 0);
		if (world.whole && world.exit_code == 0)
			fatal("a stream that was cut ends well");
		free(part);
	}
}

/* What a byte becomes: any other, a bit flipped, or one of those at the border of something. */
static uint8_t changed(uint8_t byte)
{
	static const uint8_t borders[] = {0, 1, 63, 64, 127, 128, 254, 255};

	switch (dice(3)) {
	case 0:
		return (uint8_t)dice(256);
	case 1:
		return (uint8_t)(byte ^ 1 << dice(8));
	default:
		return borders[dice(sizeof borders)];
	}
}

static void mutate(const uint8_t *stream, size_t size, long count)
{
	for (long seed = 1; seed <= count; seed++) {
		uint8_t *mutant = copy(stream, size);

		world.random = (uint64_t)seed * 6364136223846793005ULL + 1442695040888963407ULL;
		for (uint64_t changes = 1 + dice(4); changes; changes--) {
			size_t at = dice(size);

			mutant[at] = changed(mutant[at]);
		}
		play(mutant, size, (uint64_t)seed, seed % 2 == 0);
		free(mutant);
	}
}

static uint8_t *read_stream(const char *path, size_t *size)
{
	static uint8_t buffer[1 << 20];
	FILE *file = fopen(path, "rb");

	if (!file)
		fatal("cannot open a stream");
	*size = fread(buffer, 1, sizeof buffer, file);
	fclose(file);
	return copy(buffer, *size);
}

int main(int argc, char **argv)
{
	if (argc < 3)
		fatal("usage: harness MUTATIONS FILE...");
	for (int i = 2; i < argc; i++) {
		size_t size;
		uint8_t *stream = read_stream(argv[i], &size);

		play(stream, size, 1, true);
		printf("%s: exit %d after %d instructions, output", argv[i], world.exit_code, world.ticks);
		for (size_t at = 0; at < world.output_size; at++)
			printf(" %02x", world.output[at]);
		printf("\n");
		cut(stream, size);
		mutate(stream, size, atol(argv[1]));
		free(stream);
	}
	return 0;
}
#endif
