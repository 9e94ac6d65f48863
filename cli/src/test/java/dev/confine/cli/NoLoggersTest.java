package dev.confine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoLoggersTest {
    @Test
    void logger_of_the_jdk_is_found_before_that_of_quarkus_and_says_nothing() {
        System.Logger logger =
                System.LoggerFinder.getLoggerFinder().getLogger("java.lang.ProcessBuilder", Object.class.getModule());
        assertThat(logger.getClass().getName()).startsWith(NoLoggers.class.getName());
        assertThat(logger.isLoggable(System.Logger.Level.ERROR)).isFalse();
    }
}
