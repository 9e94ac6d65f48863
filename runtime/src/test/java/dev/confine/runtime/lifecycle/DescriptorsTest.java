package dev.confine.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
    @Test
    void pipes_andFilesThatAreGone_becomeTheCallers() {
        Descriptors stdio = new Descriptors(List.of("pipe:[41]", "file[1a:4]:/tmp/out (deleted)", "/dev/pts/0"));
        assertThat(stdio.inherited()).containsExactly("pipe:[41]", "file[1a:4]", "");
        assertThat(stdio.reopened()).isEmpty();
        assertThat(stdio.external()).containsExactly("file[1a:4]");
    }

    @Test
    void filesOfTheHost_areOpenedAgain_once() {
        Descriptors stdio =
                new Descriptors(List.of("file[1a:4]:/dev/null", "file[1a:4]:/dev/null", "file[1b:c]:/a]:b"));
        assertThat(stdio.inherited()).containsExactly("", "", "");
        assertThat(stdio.reopened()).isEqualTo(Map.of("file[1a:4]", "/dev/null", "file[1b:c]", "/a]:b"));
        assertThat(stdio.external()).containsExactly("file[1a:4]", "file[1b:c]");
    }

    @Test
    void itsOwnFiles_areNotTheHosts(@TempDir Path images) {
        Descriptors own = Descriptors.of(ProcessHandle.current().pid());
        assertThat(own.external()).isEmpty();
        own.write(images.toString());
        assertThat(Descriptors.read(images.toString())).isEqualTo(own);
    }
}
