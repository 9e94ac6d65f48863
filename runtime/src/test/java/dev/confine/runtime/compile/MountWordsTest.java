package dev.confine.runtime.compile;

import static dev.confine.runtime.compile.Kernel.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountWordsTest {
    /** config.md#mounts, the tables of required and recommended options. */
    private static final List<String> CHECKLIST = List.of(
            ("async atime bind defaults dev diratime dirsync exec iversion lazytime loud noatime nodev nodiratime noexec noiversion"
                            + " nolazytime norelatime nostrictatime nosuid private rbind relatime remount ro rprivate rshared rslave runbindable rw"
                            + " shared silent slave strictatime suid sync unbindable nosymfollow symfollow idmap ridmap ratime rdev rdiratime rexec"
                            + " rnoatime rnodiratime rnodev rnoexec rnorelatime rnostrictatime rnosuid rnosymfollow rrelatime rro rrw rstrictatime"
                            + " rsuid rsymfollow mand nomand")
                    .split(" "));

    @Test
    void every_word_of_the_specification_is_known() {
        for (String word : CHECKLIST) {
            assertThat(MountWords.of(List.of(word)).data).as(word).isEmpty();
        }
    }

    @Test
    void unknown_words_are_data_in_their_order() {
        assertThat(MountWords.of(List.of("size=1m", "ro", "mode=755")).data).containsExactly("size=1m", "mode=755");
    }

    @Test
    void a_later_word_wins() {
        MountWords words = MountWords.of(List.of("ro", "nosuid", "rw"));

        assertThat(words.set).isEqualTo(MOUNT_ATTR_NOSUID);
        assertThat(words.clear).isEqualTo(MOUNT_ATTR_RDONLY);
    }

    @Test
    void access_times_are_cleared_before_they_are_set() {
        MountWords words = MountWords.of(List.of("noatime", "strictatime"));

        assertThat(words.set & MOUNT_ATTR_ATIME).isEqualTo(MOUNT_ATTR_STRICTATIME);
    }

    @Test
    void recursive_words_leave_the_others_alone() {
        MountWords words = MountWords.of(List.of("rro", "noexec"));

        assertThat(words.recursiveSet).isEqualTo(MOUNT_ATTR_RDONLY);
        assertThat(words.set).isEqualTo(MOUNT_ATTR_NOEXEC);
    }

    @Test
    void propagation_keeps_its_order_and_its_reach() {
        assertThat(MountWords.of(List.of("rslave", "shared")).propagation).containsExactly(-MS_SLAVE, MS_SHARED);
    }

    @Test
    void a_flag_that_is_taken_back_is_gone() {
        assertThat(MountWords.of(List.of("sync", "lazytime", "async")).superblock)
                .containsExactly("lazytime");
    }
}
