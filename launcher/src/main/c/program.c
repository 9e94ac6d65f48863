#include "channel.h"
#include "machine.h"
#include "sys.h"

/* What the arguments of an operation may be, from the first on: */
enum {
	ANY = 1,  /* whatever */
	PLACE,    /* data, or a register with an address in it */
	CONSTANT, /* known to the check */
};

struct shape {
	uint8_t args[ARGUMENTS];
	bool jumps;
};

static const struct shape shapes[OPS] = {
	[OP_SYSCALL] = {{ANY, ANY, ANY, ANY, ANY, ANY}, false},
	[OP_LOAD] = {{PLACE, ANY}, false},
	[OP_STORE] = {{PLACE, ANY, ANY}, false},
	[OP_ADD] = {{ANY, ANY}, false},
	[OP_JUMP] = {{0}, true},
	[OP_JUMP_IF] = {{ANY, ANY}, true},
	[OP_FORMAT] = {{ANY, PLACE, ANY}, false},
	[OP_SEND] = {{CONSTANT, ANY}, false},
	[OP_SEND_BYTES] = {{CONSTANT, PLACE, ANY}, false},
	[OP_RECEIVE] = {{PLACE, ANY, ANY}, false},
	[OP_REPORT_AS] = {{ANY}, false},
	[OP_FAIL] = {{ANY}, false},
	[OP_EXIT] = {{ANY}, false},
};

static bool fits(const struct machine *m, uint64_t offset, uint64_t size)
{
	return offset <= m->size.data && size <= m->size.data - offset;
}

/* An argument by itself. */
static bool argument_is_good(const struct machine *m, const struct instruction *i, int argument)
{
	uint64_t arg = i->args[argument];
	uint8_t shape = shapes[i->op].args[argument];

	switch (kind_of(i, argument)) {
	case KIND_CONSTANT:
		return shape == 0 ? arg == 0 : shape != PLACE;
	case KIND_REGISTER:
		return (shape == ANY || shape == PLACE) && arg < REGISTERS;
	case KIND_DATA:
		return (shape == ANY || shape == PLACE) && arg <= m->size.data;
	default:
		return false;
	}
}

/* A place in the data with a size that is known, where the size is argument number size, or width. */
static bool range_is_good(const struct machine *m, const struct instruction *i, int at, int size)
{
	if (kind_of(i, at) != KIND_DATA || kind_of(i, size) != KIND_CONSTANT)
		return true;
	return fits(m, i->args[at], i->args[size]);
}

static bool width_is_good(const struct machine *m, const struct instruction *i)
{
	if (i->width != 1 && i->width != 2 && i->width != 4 && i->width != 8)
		return false;
	if (kind_of(i, 0) != KIND_DATA || kind_of(i, 1) != KIND_CONSTANT)
		return true;
	return i->args[1] <= m->size.data && fits(m, i->args[0] + i->args[1], i->width);
}

static bool target_is_good(const struct machine *m, const struct instruction *i)
{
	if (shapes[i->op].jumps || (i->op == OP_SYSCALL && i->on_error != ON_ERROR_FAIL))
		return i->target < m->size.instructions;
	return i->target == NOWHERE || (i->op == OP_ON_FAILURE && i->target < m->size.instructions);
}

static bool operation_is_good(const struct machine *m, const struct instruction *i)
{
	switch ((enum op)i->op) {
	case OP_LOAD:
	case OP_STORE:
		return width_is_good(m, i);
	case OP_FORMAT:
		return range_is_good(m, i, 1, 2);
	case OP_SEND_BYTES:
		return range_is_good(m, i, 1, 2);
	case OP_RECEIVE:
		return range_is_good(m, i, 0, 1);
	case OP_JUMP_IF:
		return i->width < CONDITIONS;
	default:
		return true;
	}
}

static bool instruction_is_good(const struct machine *m, const struct instruction *i)
{
	if (i->op >= OPS || i->on_error >= ON_ERRORS || i->kinds >> (2 * ARGUMENTS))
		return false;
	if (i->dst >= REGISTERS && i->dst != NO_REGISTER)
		return false;
	for (int argument = 0; argument < ARGUMENTS; argument++)
		if (!argument_is_good(m, i, argument))
			return false;
	return target_is_good(m, i) && operation_is_good(m, i);
}

static bool relocate(struct machine *m, uint32_t at)
{
	uint64_t word;

	if (!fits(m, at, sizeof word))
		return false;
	__builtin_memcpy(&word, m->data + at, sizeof word);
	if (word > m->size.data)
		return false;
	word += (uintptr_t)m->data;
	__builtin_memcpy(m->data + at, &word, sizeof word);
	return true;
}

long program_check(struct machine *m)
{
	for (uint32_t i = 0; i < m->size.instructions; i++)
		if (!instruction_is_good(m, &m->code[i]))
			return -E_INVAL;
	for (uint32_t i = 0; i < m->size.relocations; i++)
		if (!relocate(m, m->relocations[i]))
			return -E_INVAL;
	return 0;
}

/* Bytes from the start of the instructions to the data, which starts where any struct may; 0 for a header that cannot be. */
static uint64_t code_size(const struct program_header *size, uint32_t length)
{
	uint64_t code = (uint64_t)size->instructions * sizeof(struct instruction) + (uint64_t)size->relocations * 4;

	if (size->instructions == 0 || size->instructions >= NOWHERE)
		return 0;
	return code + size->data == length ? code : 0;
}

/* Skips what is left of a program that is not run for this reason. */
static long discard(const struct conversation *with, uint32_t length, long reason)
{
	bool ignored;
	long result = channel_copy(with->socket, length, -1, &ignored);

	return result < 0 ? result : reason;
}

/* Reads what follows the header into memory, checks and runs it. */
static long read_and_run(struct machine *m, uint64_t code)
{
	uint64_t data_at = (code + 15) & ~(uint64_t)15;
	uint64_t mapped = data_at + m->size.data;
	unsigned char *memory = sys_map(mapped);
	long result;

	if (!memory)
		return discard(m->with, (uint32_t)code + m->size.data, -E_NOMEM);
	m->code = (const struct instruction *)(void *)memory;
	m->relocations = (const uint32_t *)(void *)(m->code + m->size.instructions);
	m->data = memory + data_at;
	result = channel_read(m->with->socket, memory, code);
	if (result == 0)
		result = channel_read(m->with->socket, m->data, m->size.data);
	if (result == 0) {
		result = program_check(m);
		if (result == 0)
			machine_run(m);
	}
	sys_unmap(memory, mapped);
	return result;
}

static long refuse(struct conversation *with, long error)
{
	struct failure failure = {(uint32_t)-error, (uint32_t)sys1(NR_GETPID, 0)};

	return channel_send(with->socket, FRAME_FAILURE, 0, &failure, sizeof failure);
}

static long read_header(struct machine *m, uint32_t *length)
{
	if (*length < sizeof m->size)
		return -E_INVAL;
	*length -= (uint32_t)sizeof m->size;
	return channel_read(m->with->socket, &m->size, sizeof m->size);
}

long machine_obey(struct conversation *with, uint32_t length)
{
	struct machine m = {.with = with};
	long result = read_header(&m, &length);

	if (result == 0) {
		uint64_t code = code_size(&m.size, length);

		result = code ? read_and_run(&m, code) : discard(with, length, -E_INVAL);
	} else if (result == -E_INVAL) {
		result = discard(with, length, result);
	}
	if (result == -E_INVAL || result == -E_NOMEM)
		result = refuse(with, result);
	return result < 0 ? result : channel_send(with->socket, FRAME_DONE, 0, 0, 0);
}
