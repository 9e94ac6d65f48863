/** What is made of the picocli model for people and their shells: manual pages and completions. Knows no verb and runs nothing. */
@NullMarked
package dev.confine.cli.docs;

import org.jspecify.annotations.NullMarked;
