package dev.confine.launch.verify;

import dev.confine.launch.Instruction;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Immediate;
import dev.confine.launch.Program;
import dev.confine.launch.Syscall;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The program's data: what it holds at the start, and which bytes of it some instruction may write. A write at a place that is not a constant
 * may hit anything.
 */
final class Memory {
    private final byte[] data;
    private final BitSet written;
    private final List<Integer> relocations;
    private final BitSet listed;
    private final BitSet unlisted;
    private boolean listing;

    Memory(Program program) {
        this.data = program.data();
        this.written = new BitSet(data.length);
        this.relocations = program.relocations();
        this.listed = new BitSet(data.length);
        this.unlisted = new BitSet(data.length);
        for (Instruction instruction : program.instructions()) {
            note(instruction);
        }
    }

    /** Whether no instruction writes any of these bytes. */
    boolean isConstant(int offset, int size) {
        int next = written.nextSetBit(offset);
        return offset + size <= data.length && (next < 0 || next >= offset + size);
    }

    /** Whether the 8 bytes at {@code offset} become the address of a place in the data. */
    boolean isPointer(int offset) {
        return relocations.contains(offset);
    }

    /** Whether nothing but getdents64 writes here: names there are single ones, as the kernel makes sure of. */
    boolean isListing(int offset) {
        return listed.get(offset) && !unlisted.get(offset);
    }

    /** The initial value of {@code width} bytes, unsigned; 0 outside of the data. */
    long word(int offset, int width) {
        long value = 0;
        for (int i = 0; i < width && offset + i < data.length; i++) {
            value |= (data[offset + i] & 0xffL) << (8 * i);
        }
        return value;
    }

    /** The initial text from {@code offset} to its NUL. */
    String text(int offset) {
        return new String(data, offset, length(offset), StandardCharsets.UTF_8);
    }

    /** Bytes from {@code offset} to the next NUL. */
    int length(int offset) {
        int end = offset;
        while (end < data.length && data[end] != 0) {
            end++;
        }
        return end - offset;
    }

    // ---- writes

    private void note(Instruction instruction) {
        List<Operand> args = instruction.args();
        switch (instruction.op()) {
            case STORE -> store(args.get(0), args.get(1), instruction.width());
            case FORMAT -> write(args.get(1), args.get(2));
            case RECEIVE -> write(args.get(0), args.get(1));
            case SYSCALL -> call(instruction.syscall(), args);
            default -> {}
        }
    }

    private void store(Operand base, Operand index, int width) {
        if (base instanceof Data place && index instanceof Immediate distance) {
            mark(place.offset() + distance.value(), width);
        } else {
            markAll();
        }
    }

    private void call(@Nullable Syscall syscall, List<Operand> args) {
        if (syscall == null) {
            return;
        }
        switch (syscall) {
            case READ, PREAD64, RECVFROM, FLISTXATTR -> write(args, 1, 2);
            case GETDENTS64 -> {
                listing = true;
                write(args, 1, 2);
                listing = false;
            }
            case FGETXATTR -> write(args, 2, 3);
            case GETCWD, GETRANDOM -> write(args, 0, 1);
            case READLINKAT -> write(args, 2, 3);
            case STATX -> write(args, 4, 256L);
            case STATFS, FSTATFS -> write(args, 1, 120L);
            case PIPE2 -> write(args, 0, 8L);
            case SOCKETPAIR -> write(args, 3, 8L);
            case WAIT4 -> {
                write(args, 1, 4L);
                write(args, 3, 144L);
            }
            case WAITID, RT_SIGTIMEDWAIT -> write(args, syscall == Syscall.WAITID ? 2 : 1, 128L);
            case PPOLL -> polled(args);
            case CAPGET -> write(args, 1, 24L);
            case GETGROUPS -> write(args, 1, 4L * 65536);
            case PRLIMIT64 -> write(args, 3, 16L);
            case RT_SIGPROCMASK -> write(args, 2, 8L);
            case RT_SIGACTION -> write(args, 2, 32L);
            case TIMERFD_SETTIME -> write(args, 3, 32L);
            case ACCEPT4 -> {
                write(args, 1, 110L);
                write(args, 2, 4L);
            }
            case IOCTL -> control(args);
            case RECVMSG -> message(args);
            case CLONE3 -> cloned(args);
            default -> {}
        }
    }

    /** Some requests only read what their argument points to; of one that is not known here the size is not either. */
    private void control(List<Operand> args) {
        long request = args.get(1) instanceof Immediate constant ? constant.value() : 0;
        if (request == Kernel.TCSETS || request == Kernel.TIOCSWINSZ || request == Kernel.TIOCSPTLCK) {
            return;
        }
        write(args, 2, 64L);
    }

    /** ppoll(2) itself also says in its second argument what is left of the time. */
    private void polled(List<Operand> args) {
        write(args, 2, 16L);
        if (args.size() > 1 && args.get(1) instanceof Immediate count) {
            write(args, 0, 8 * count.value());
        } else {
            markAll();
        }
    }

    /** The buffers that a msghdr names. */
    private void message(List<Operand> args) {
        if (!(args.get(1) instanceof Data header)) {
            markAll();
            return;
        }
        mark(header.offset(), 56);
        mark(word(header.offset() + 32, 8), word(header.offset() + 40, 8));
        long vector = word(header.offset() + 16, 8);
        long count = word(header.offset() + 24, 8);
        for (long i = 0; i < count && vector + 16 * i < data.length; i++) {
            int entry = (int) (vector + 16 * i);
            mark(word(entry, 8), word(entry + 8, 8));
        }
    }

    /** Where a clone_args has the pidfd stored. */
    private void cloned(List<Operand> args) {
        if (args.get(0) instanceof Data place && (word(place.offset(), 8) & Kernel.CLONE_PIDFD) != 0) {
            mark(word(place.offset() + 8, 8), 4);
        }
    }

    private void write(List<Operand> args, int place, int size) {
        write(args.get(place), args.get(size));
    }

    private void write(List<Operand> args, int place, long size) {
        if (place < args.size()) {
            write(args.get(place), new Immediate(size));
        }
    }

    private void write(Operand place, Operand size) {
        if (place instanceof Data at) {
            mark(at.offset(), size instanceof Immediate constant ? constant.value() : data.length);
        } else if (!(place instanceof Immediate)) {
            markAll();
        }
    }

    private void mark(long from, long size) {
        if (from >= 0 && from < data.length && size > 0) {
            int end = (int) Math.min(data.length, from + Math.min(size, data.length));
            written.set((int) from, end);
            (listing ? listed : unlisted).set((int) from, end);
        }
    }

    private void markAll() {
        written.set(0, data.length);
        unlisted.set(0, data.length);
    }
}
