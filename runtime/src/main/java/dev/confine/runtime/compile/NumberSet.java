package dev.confine.runtime.compile;

import dev.confine.launch.Operand.Data;
import java.util.BitSet;

/**
 * CPUs or memory nodes as the kernel takes them: a mask of bits, of a valid list such as {@code 0-3,7} ("List Format" of cpuset(7)). Which of them the machine has
 * is the kernel's to say.
 */
final class NumberSet {
    private final BitSet numbers = new BitSet();

    private NumberSet() {}

    static NumberSet parse(String list) {
        NumberSet set = new NumberSet();
        int start = 0;
        while (start < list.length()) {
            int comma = list.indexOf(',', start);
            int end = comma < 0 ? list.length() : comma;
            set.addRange(list.substring(start, end).strip());
            start = end + 1;
        }
        return set;
    }

    private void addRange(String range) {
        int dash = range.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash).strip());
        int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1).strip());
        numbers.set(first, last + 1);
    }

    /** One more than the highest number, in whole words. */
    int bits() {
        return (numbers.length() + 63) / 64 * 64;
    }

    int bytes() {
        return bits() / 8;
    }

    /** The mask in the data of a program. */
    Data mask(Code code) {
        return code.struct(numbers.toLongArray());
    }
}
