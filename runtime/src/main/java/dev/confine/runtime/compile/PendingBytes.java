package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Code.num;

import dev.confine.launch.Condition;
import dev.confine.launch.Errno;
import dev.confine.launch.Label;
import dev.confine.launch.Operand;
import dev.confine.launch.Operand.Data;
import dev.confine.launch.Operand.Register;
import dev.confine.launch.Syscall;

/** Bytes that were read and wait until they can be written, one way of a relay: a buffer that is filled when it is empty and written in parts. */
final class PendingBytes {
    /** A pipe that poll(2) calls writable takes as many without blocking. */
    static final int MOST = 4096;

    private final Code code;
    private final Data buffer;
    private final Data powers;
    private final Register at;
    private final Register left;

    PendingBytes(Code code) {
        this.code = code;
        this.buffer = code.asm.zeros(MOST);
        this.powers = code.asm.zeros(32);
        for (int i = 0; i <= 12; i++) {
            code.asm.set(powers.plus(2 * i), 2, MOST >> i);
        }
        this.at = code.asm.register();
        this.left = code.asm.register();
    }

    /** How many there are. */
    Register left() {
        return left;
    }

    void clear() {
        code.asm.move(left, num(0));
    }

    /** The bytes that the buffer begins with. */
    Data buffer() {
        return buffer;
    }

    /** There are {@code count} in the buffer. */
    void hold(Operand count) {
        code.asm.move(at, buffer);
        code.asm.move(left, count);
    }

    /** Fills the empty buffer; {@code count} is what read(2) says, at the end and on an error it goes to {@code none}. */
    void read(Operand fd, Register count, Label none) {
        code.call(Syscall.READ, fd, buffer, num(MOST)).into(count).onAnyError(none);
        code.asm.jumpIf(count, Condition.EQUAL, num(0), none);
        hold(count);
    }

    /** Writes what can be written now; goes to {@code failed} where nothing ever will. */
    void write(Operand fd, Label failed) {
        Register count = code.asm.register();
        Label refused = new Label();
        Label part = new Label();
        Label done = new Label();
        code.call(Syscall.WRITE, fd, at, left).into(count).onAnyError(refused);
        code.asm.jumpIf(count, Condition.NOT_EQUAL, left, part);
        clear();
        code.asm.jump(done);
        code.asm.place(refused);
        code.asm.jumpIf(count, Condition.EQUAL, num(-Errno.EAGAIN.number()), done);
        code.asm.jumpIf(count, Condition.EQUAL, num(-Errno.EINTR.number()), done);
        code.asm.jump(failed);
        code.asm.place(part);
        code.asm.add(at, at, count);
        subtract(count);
        code.asm.place(done);
        code.asm.release(count);
    }

    /** {@code left -= count}, by adding powers of two to what is searched as long as that is not too much: the launcher has no subtraction. */
    private void subtract(Register count) {
        Register difference = code.asm.register();
        Register index = code.asm.register();
        Register power = code.asm.register();
        Register sum = code.asm.register();
        Label next = new Label();
        Label found = new Label();
        code.asm.move(difference, num(0));
        code.asm.move(index, num(0));
        code.asm.place(next);
        code.asm.load(power, 2, powers, index);
        code.asm.jumpIf(power, Condition.EQUAL, num(0), found);
        code.asm.add(index, index, num(2));
        code.asm.add(sum, count, difference);
        code.asm.add(sum, sum, power);
        code.asm.jumpIf(left, Condition.LESS, sum, next);
        code.asm.add(difference, difference, power);
        code.asm.jump(next);
        code.asm.place(found);
        code.asm.move(left, difference);
        code.asm.release(difference, index, power, sum);
    }
}
