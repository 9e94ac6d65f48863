package dev.confine.launch.verify;

/** The instructions of a process that are to be looked at, the first first. */
final class Pending {
    private final boolean[] waits;
    /** None before this one waits. */
    private int first;

    Pending(int size) {
        this.waits = new boolean[size];
        this.first = size;
    }

    void add(int index) {
        waits[index] = true;
        first = Math.min(first, index);
    }

    /** Takes the first one; -1 when there is none. */
    int next() {
        while (first < waits.length) {
            int index = first++;
            if (waits[index]) {
                waits[index] = false;
                return index;
            }
        }
        return -1;
    }

    boolean isEmpty() {
        for (int index = first; index < waits.length; index++) {
            if (waits[index]) {
                return false;
            }
        }
        return true;
    }
}
