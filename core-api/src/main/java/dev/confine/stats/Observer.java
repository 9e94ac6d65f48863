package dev.confine.stats;

/** Who is told what happens to a container. It decides nothing. */
public interface Observer {
    /** What it uses now; said once an interval. */
    void uses(Statistics statistics);

    /** The kernel ended a process of the container because its memory was used up, or looked for one to end. */
    void outOfMemory();
}
