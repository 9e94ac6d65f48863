package dev.confine.runtime.compile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HomeTest {
    private static final String PASSWD =
            "root:x:0:0:root:/root:/bin/sh\n1000:x:7:7::/wrong:/bin/sh\nana:x:1000:1000::/home/ana:/bin/sh\n";

    private static String answer(String passwd, long uid) {
        return new String(Home.answer(passwd.getBytes(UTF_8), uid), UTF_8);
    }

    @Test
    void the_home_is_that_of_the_uid_and_not_of_a_name_that_looks_like_it() {
        assertThat(answer(PASSWD, 1000)).isEqualTo("HOME=/home/ana\0");
    }

    @Test
    void a_user_that_is_not_listed_lives_at_the_root() {
        assertThat(answer(PASSWD, 4711)).isEqualTo("HOME=/\0");
        assertThat(answer("", 0)).isEqualTo("HOME=/\0");
    }

    @Test
    void a_damaged_file_is_no_failure() {
        assertThat(answer("::::\nroot:x:0\n\n", 0)).isEqualTo("HOME=/\0");
    }

    @Test
    void a_home_that_does_not_fit_is_none() {
        assertThat(answer("a:x:5:5::/" + "x".repeat(5000) + ":/bin/sh\n", 5)).isEqualTo("HOME=/\0");
    }
}
