#ifndef MACHINE_H
#define MACHINE_H
/* The launch program: read, checked, executed. */

#include <stdint.h>

#include "conversation.h"
#include "wire.h"

enum { OWN_STEP = -1 };

struct machine {
	struct conversation *with;
	const struct instruction *code;
	const uint32_t *relocations;
	unsigned char *data;
	struct program_header size;
	uint32_t on_failure; /* an index, or NOWHERE */
	int64_t report_as;   /* the step that a failure is said to be of, or OWN_STEP */
	int64_t registers[REGISTERS];
};

/* Reads a program of length bytes from the conversation and runs it. 0, or -errno when the conversation cannot go on. */
long machine_obey(struct conversation *with, uint32_t length);

/* Runs a checked program. Returns in the front alone, and only while it has its conversation. */
void machine_run(struct machine *m);

/* 0, or -EINVAL for a program with anything out of bounds. Relocates the data. */
long program_check(struct machine *m);

/* The value of an argument: for data its address. */
static inline int64_t value_of(const struct machine *m, const struct instruction *i, int argument)
{
	uint64_t arg = i->args[argument];

	switch (kind_of(i, argument)) {
	case KIND_REGISTER:
		return m->registers[arg];
	case KIND_DATA:
		return (int64_t)(uintptr_t)(m->data + arg);
	case KIND_CONSTANT:
	default:
		return (int64_t)arg;
	}
}

/* What an operation does with its arguments; dst takes a result that is not below zero, below zero it is a failure. */
long operate_load(const struct machine *m, const struct instruction *i, int64_t *value);
long operate_store(const struct machine *m, const struct instruction *i);
long operate_format(const struct machine *m, const struct instruction *i);
long operate_send(const struct machine *m, const struct instruction *i);
long operate_send_bytes(const struct machine *m, const struct instruction *i);
long operate_receive(const struct machine *m, const struct instruction *i);

#endif
