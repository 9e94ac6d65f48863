#ifndef WIRE_H
#define WIRE_H
/* What travels between Java and the launcher; docs/launch-program.md is the contract. Little-endian, as both machines are. */

#include <stdint.h>

enum {
	FRAME_LIMIT = 16 << 20,
	PROGRAM_FRAME_LIMIT = 32 << 10, /* one piece of socket memory, so one write of all or nothing */
	REGISTERS = 64,
	NO_REGISTER = 255,
	NOWHERE = 0xffff,
	ARGUMENTS = 6,
};

enum kind { KIND_CONSTANT, KIND_REGISTER, KIND_DATA };

struct frame {
	uint32_t type;
	uint32_t tag;
	uint32_t length;
};

struct program_header {
	uint32_t instructions;
	uint32_t relocations;
	uint32_t data;
	uint32_t reserved;
};

struct instruction {
	uint8_t op;
	uint8_t dst;
	uint8_t width; /* of LOAD and STORE; the condition of JUMP_IF */
	uint8_t on_error;
	uint16_t error;
	uint16_t nr;
	uint16_t target;
	uint16_t kinds;
	uint32_t step;
	uint64_t args[ARGUMENTS];
};

struct failure {
	uint32_t error;
	uint32_t pid;
};

struct hello {
	uint32_t architecture;
	uint32_t pid;
	uint32_t uid;
	uint32_t gid;
	uint32_t umask;
	uint32_t terminals;
	uint64_t capabilities;
	uint32_t groups;
	uint32_t arguments;
	uint32_t environment;
	uint32_t declined; /* by the engine */
};

_Static_assert(sizeof(struct frame) == 12, "a frame's header is 12 bytes");
_Static_assert(sizeof(struct program_header) == 16, "a program's header is 16 bytes");
_Static_assert(sizeof(struct instruction) == 64, "an instruction is 64 bytes");
_Static_assert(sizeof(struct failure) == 8, "a failure is 8 bytes");
_Static_assert(sizeof(struct hello) == 48, "the fixed part of a hello is 48 bytes");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "structs are read as they are on the wire");

static inline enum kind kind_of(const struct instruction *i, int argument)
{
	return (enum kind)((i->kinds >> (2 * argument)) & 3);
}

#endif
