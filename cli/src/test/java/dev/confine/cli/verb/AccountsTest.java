package dev.confine.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccountsTest {
    @Test
    void account_inTheFile_hasItsName(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("passwd"), "root:x:0:0::/:/sh\nbroken\n1000:x:7:1000\n");
        Accounts accounts = new Accounts(file.toString());
        assertThat(accounts.name(0)).isEqualTo("root");
        assertThat(accounts.name(7)).isEqualTo("1000");
        assertThat(accounts.name(1000)).isEqualTo("#1000");
    }

    @Test
    void account_withoutFile_isItsNumber() {
        assertThat(new Accounts("/nonexistent").name(0)).isEqualTo("#0");
    }
}
