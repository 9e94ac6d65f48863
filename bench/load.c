/*
 * Starts a command over and over and says how long each took: load CALLERS RUNS COMMAND…  CALLERS do it at the same time, RUNS times in all. In an argument @ is
 * replaced by the number of the run. Prints the nanoseconds of each run from fork to end, a line each, then "all" and those of the whole. Fails with the first run
 * that fails, and prints what the commands wrote to standard error; they get no file of the caller's, as a container that is created would keep it open.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;
static posix_spawn_file_actions_t files;

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static char *numbered(const char *text, long number)
{
	char *result;
	const char *at = strchr(text, '@');

	if (!at)
		return strdup(text);
	if (asprintf(&result, "%.*s%ld%s", (int)(at - text), text, number, at + 1) < 0)
		exit(2);
	return result;
}

static int64_t run(int count, char **command, long number)
{
	char **argv = calloc((size_t)count + 1, sizeof *argv);
	int64_t start;
	pid_t child;
	int status;

	for (int i = 0; i < count; i++)
		argv[i] = numbered(command[i], number);
	start = now();
	if (posix_spawnp(&child, argv[0], &files, NULL, argv, environ) || waitpid(child, &status, 0) < 0)
		status = -1;
	start = now() - start;
	for (int i = 0; i < count; i++)
		free(argv[i]);
	free(argv);
	return status == 0 ? start : -1;
}

int main(int argc, char **argv)
{
	long callers, runs;
	int64_t *times, start;
	int failed = 0, status;
	FILE *errors = tmpfile();

	if (argc < 4 || (callers = atol(argv[1])) < 1 || (runs = atol(argv[2])) < 1) {
		fputs("usage: load CALLERS RUNS COMMAND...\n", stderr);
		return 2;
	}
	times = mmap(NULL, (size_t)runs * sizeof *times, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (times == MAP_FAILED || !errors)
		return 2;
	fcntl(fileno(errors), F_SETFD, FD_CLOEXEC);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&files, fileno(errors), 2);
	start = now();
	for (long caller = 0; caller < callers; caller++)
		if (fork() == 0) {
			for (long i = caller; i < runs; i += callers)
				if ((times[i] = run(argc - 3, argv + 3, i)) < 0)
					_exit(1);
			_exit(0);
		}
	while (wait(&status) > 0)
		failed |= status;
	if (failed) {
		char text[4096];
		ssize_t length = pread(fileno(errors), text, sizeof text, 0);

		return length > 0 && write(2, text, (size_t)length) < 0 ? 2 : 1;
	}
	start = now() - start;
	for (long i = 0; i < runs; i++)
		printf("%lld\n", (long long)times[i]);
	printf("all %lld\n", (long long)start);
	return 0;
}
