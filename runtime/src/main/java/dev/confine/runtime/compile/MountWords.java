package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Kernel.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The options of one mount, sorted by what applies them: attributes of the mount (mount_setattr(2)), propagation, flags of the superblock, and data for the file
 * system. Words as in mount(8) and {@code config.md#mounts}; a later one wins over an earlier one.
 */
final class MountWords {
    private static final Map<String, Word> WORDS = words();

    long set;
    long clear;
    long recursiveSet;
    long recursiveClear;
    boolean bind;
    boolean recursiveBind;
    boolean remount;
    boolean idmap;
    boolean recursiveIdmap;
    boolean copyUp;
    /** {@code MS_…} constants, negative where they are meant recursively. */
    final List<Long> propagation = new ArrayList<>();
    /** Superblock flags, as fsconfig(2) names them. */
    final List<String> superblock = new ArrayList<>();
    /** {@code key} or {@code key=value} for the file system. */
    final List<String> data = new ArrayList<>();

    static Set<String> known() {
        return WORDS.keySet();
    }

    static MountWords of(List<String> options) {
        MountWords words = new MountWords();
        for (String option : options) {
            Word word = WORDS.get(option);
            if (word == null) {
                words.data.add(option);
            } else {
                word.apply(words);
            }
        }
        return words;
    }

    private void change(long on, long off, boolean recursive) {
        if (recursive) {
            recursiveSet = (recursiveSet & ~off) | on;
            recursiveClear = (recursiveClear & ~on) | off;
        } else {
            set = (set & ~off) | on;
            clear = (clear & ~on) | off;
        }
    }

    /** What a word changes. */
    private interface Word {
        void apply(MountWords words);
    }

    /** A change of attributes; access times are one field, cleared as a whole before it is set. */
    private record Attribute(long on, long off, boolean recursive) implements Word {
        @Override
        public void apply(MountWords words) {
            words.change(on, off, recursive);
        }
    }

    private record Propagation(long flag, boolean recursive) implements Word {
        @Override
        public void apply(MountWords words) {
            words.propagation.add(recursive ? -flag : flag);
        }
    }

    /** A superblock flag; {@code name} is empty for one that only says what is so anyway. */
    private record Superblock(String name, String without) implements Word {
        @Override
        public void apply(MountWords words) {
            words.superblock.remove(without);
            if (!name.isEmpty()) {
                words.superblock.add(name);
            }
        }
    }

    private enum Kind implements Word {
        BIND,
        RBIND,
        REMOUNT,
        IDMAP,
        RIDMAP,
        TMPCOPYUP,
        NONE;

        @Override
        public void apply(MountWords words) {
            words.bind |= this == BIND || this == RBIND;
            words.recursiveBind |= this == RBIND;
            words.remount |= this == REMOUNT;
            words.idmap |= this == IDMAP || this == RIDMAP;
            words.recursiveIdmap |= this == RIDMAP;
            words.copyUp |= this == TMPCOPYUP;
        }
    }

    private static Map<String, Word> words() {
        Map<String, Word> words = new HashMap<>();
        attribute(words, "ro", "rw", MOUNT_ATTR_RDONLY);
        attribute(words, "nosuid", "suid", MOUNT_ATTR_NOSUID);
        attribute(words, "nodev", "dev", MOUNT_ATTR_NODEV);
        attribute(words, "noexec", "exec", MOUNT_ATTR_NOEXEC);
        attribute(words, "nodiratime", "diratime", MOUNT_ATTR_NODIRATIME);
        attribute(words, "nosymfollow", "symfollow", MOUNT_ATTR_NOSYMFOLLOW);
        time(words, "noatime", MOUNT_ATTR_NOATIME);
        time(words, "atime", 0);
        time(words, "relatime", 0);
        time(words, "norelatime", 0);
        time(words, "strictatime", MOUNT_ATTR_STRICTATIME);
        time(words, "nostrictatime", 0);
        propagation(words, "private", MS_PRIVATE);
        propagation(words, "shared", MS_SHARED);
        propagation(words, "slave", MS_SLAVE);
        propagation(words, "unbindable", MS_UNBINDABLE);
        words.put("sync", new Superblock("sync", ""));
        words.put("async", new Superblock("", "sync"));
        words.put("dirsync", new Superblock("dirsync", ""));
        words.put("lazytime", new Superblock("lazytime", ""));
        words.put("nolazytime", new Superblock("", "lazytime"));
        words.put("mand", new Superblock("mand", ""));
        words.put("nomand", new Superblock("", "mand"));
        words.put("iversion", new Superblock("iversion", ""));
        words.put("noiversion", new Superblock("", "iversion"));
        words.put("bind", Kind.BIND);
        words.put("rbind", Kind.RBIND);
        words.put("remount", Kind.REMOUNT);
        words.put("idmap", Kind.IDMAP);
        words.put("ridmap", Kind.RIDMAP);
        words.put("tmpcopyup", Kind.TMPCOPYUP);
        words.put("defaults", Kind.NONE);
        // whether the kernel logs; nothing of the mount
        words.put("silent", Kind.NONE);
        words.put("loud", Kind.NONE);
        return words;
    }

    private static void attribute(Map<String, Word> words, String on, String off, long bits) {
        words.put(on, new Attribute(bits, 0, false));
        words.put(off, new Attribute(0, bits, false));
        words.put("r" + on, new Attribute(bits, 0, true));
        words.put("r" + off, new Attribute(0, bits, true));
    }

    private static void time(Map<String, Word> words, String name, long bits) {
        words.put(name, new Attribute(bits, MOUNT_ATTR_ATIME & ~bits, false));
        words.put("r" + name, new Attribute(bits, MOUNT_ATTR_ATIME & ~bits, true));
    }

    private static void propagation(Map<String, Word> words, String name, long flag) {
        words.put(name, new Propagation(flag, false));
        words.put("r" + name, new Propagation(flag, true));
    }
}
