#include "machine.h"

#include "channel.h"
#include "sys.h"
#include "text.h"

/* What an instruction leads to: an index, a failure (-errno), or */
enum { FINISHED = NOWHERE + 1 };

enum { OPEN_TRIES = 1000 };

static void set(struct machine *m, const struct instruction *i, int64_t value)
{
	if (i->dst != NO_REGISTER)
		m->registers[i->dst] = value;
}

/* Beneath a root the kernel gives up on ".." while anything is renamed or mounted anywhere, and wants to be asked again. */
static long call_again(const struct machine *m, const struct instruction *i)
{
	int left = OPEN_TRIES;
	long result;

	do {
		result = sys_program_call(i->nr, value_of(m, i, 0), value_of(m, i, 1), value_of(m, i, 2),
					  value_of(m, i, 3), value_of(m, i, 4), value_of(m, i, 5));
	} while (i->nr == NR_OPENAT2 && result == -E_AGAIN && --left > 0);
	return result;
}

static long call(struct machine *m, const struct instruction *i, long next)
{
	long result = call_again(m, i);

	if (i->nr == NR_CLONE3 && result == 0) {
		m->with->child = true;
		m->on_failure = NOWHERE;
		m->report_as = OWN_STEP;
	}
	if (result < 0 && result > -4096) {
		if (i->on_error == ON_ERROR_FAIL || (i->on_error == ON_ERROR_JUMP_ON && result != -i->error))
			return result;
		next = i->target;
	}
	set(m, i, result);
	return next;
}

static bool holds(const struct machine *m, const struct instruction *i)
{
	int64_t left = value_of(m, i, 0);
	int64_t right = value_of(m, i, 1);

	switch ((enum condition)i->width) {
	case CONDITION_EQUAL:
		return left == right;
	case CONDITION_NOT_EQUAL:
		return left != right;
	case CONDITION_LESS:
		return left < right;
	case CONDITION_AT_LEAST:
		return left >= right;
	}
	return false;
}

static void release(struct conversation *with)
{
	if (with->socket >= 0)
		sys_close(with->socket);
	with->socket = -1;
}

/* Operations that put a value into dst and go on. */
static long operate(struct machine *m, const struct instruction *i, long next)
{
	int64_t value = 0;
	long result;

	switch ((enum op)i->op) {
	case OP_LOAD:
		result = operate_load(m, i, &value);
		break;
	case OP_ADD:
		result = 0;
		value = (int64_t)((uint64_t)value_of(m, i, 0) + (uint64_t)value_of(m, i, 1));
		break;
	case OP_FORMAT:
		result = value = operate_format(m, i);
		break;
	case OP_RECEIVE:
		result = value = operate_receive(m, i);
		break;
	default:
		return -E_INVAL;
	}
	if (result < 0)
		return result;
	set(m, i, value);
	return next;
}

static long unless_failed(long result, long next)
{
	return result < 0 ? result : next;
}

/* -errno of what FAIL is given: an errno, or the result of a system call that failed */
static long failure_of(int64_t value)
{
	if (value > 0)
		value = -value;
	return value < 0 && value > -4096 ? value : -E_INVAL;
}

static long perform(struct machine *m, const struct instruction *i, long next)
{
	switch ((enum op)i->op) {
	case OP_END:
		return FINISHED;
	case OP_SYSCALL:
		return call(m, i, next);
	case OP_LOAD:
	case OP_ADD:
	case OP_FORMAT:
	case OP_RECEIVE:
		return operate(m, i, next);
	case OP_STORE:
		return unless_failed(operate_store(m, i), next);
	case OP_JUMP:
		return i->target;
	case OP_JUMP_IF:
		return holds(m, i) ? i->target : next;
	case OP_SEND:
		return unless_failed(operate_send(m, i), next);
	case OP_SEND_BYTES:
		return unless_failed(operate_send_bytes(m, i), next);
	case OP_ON_FAILURE:
		m->on_failure = i->target;
		return next;
	case OP_REPORT_AS:
		m->report_as = value_of(m, i, 0);
		return next;
	case OP_RELEASE:
		release(m->with);
		return next;
	case OP_FAIL:
		return failure_of(value_of(m, i, 0));
	case OP_EXIT:
		conversation_exit(m->with, (int)(value_of(m, i, 0) & 0xff));
	}
	return -E_INVAL;
}

/* "confine: step N failed: errno M", for the front that nobody listens to any more */
static void complain(uint32_t step, long error)
{
	char what[64] = "step ";
	char number[DECIMAL_LIMIT + 1] = "";

	number[text_decimal(number, step)] = 0;
	text_append(what, sizeof what, number);
	text_append(what, sizeof what, " failed");
	text_complain(what, error);
}

/* Tells the failure; where to go on. */
static uint32_t fail(struct machine *m, uint32_t step, long error)
{
	uint32_t target = m->on_failure;
	struct failure failure = {(uint32_t)error, (uint32_t)sys1(NR_GETPID, 0)};

	if (m->report_as >= 0)
		step = (uint32_t)m->report_as;
	m->report_as = OWN_STEP;
	m->on_failure = NOWHERE;
	if (m->with->socket >= 0)
		channel_send(m->with->socket, FRAME_FAILURE, step, &failure, sizeof failure);
	else if (!m->with->child)
		complain(step, error);
	return target;
}

void machine_run(struct machine *m)
{
	uint32_t last_step = 0;
	bool failed = false;
	long at = 0;

	m->on_failure = NOWHERE;
	m->report_as = OWN_STEP;
	while (at != FINISHED) {
		long next = -E_FAULT;

		sys_tick();
		if (at < m->size.instructions) {
			last_step = m->code[at].step;
			next = perform(m, &m->code[at], at + 1);
		}
		if (next < 0) {
			failed = true;
			next = fail(m, last_step, -next);
			if (next == NOWHERE)
				break;
			failed = false;
		}
		at = next;
	}
	if (m->with->child || m->with->socket < 0)
		conversation_exit(m->with, failed);
}
