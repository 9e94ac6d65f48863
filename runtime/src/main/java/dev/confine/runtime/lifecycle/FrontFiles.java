package dev.confine.runtime.lifecycle;

import dev.confine.launch.Conversation;
import dev.confine.launch.Event;
import dev.confine.launch.LaunchFailure;
import dev.confine.runtime.compile.SmallPrograms;
import dev.confine.runtime.compile.Tags;
import dev.confine.runtime.seccomp.OwnFiles;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Files that the front opens, looks at and reads: it holds them by descriptors, for which the JVM would have to load what costs more than the reading. */
final class FrontFiles implements OwnFiles {
    /** S_IWGRP and S_IWOTH. */
    private static final long OF_OTHERS = 022;

    private final Conversation front;

    FrontFiles(Conversation front) {
        this.front = front;
    }

    @Override
    public byte @Nullable [] read(String directory, String name) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean own = true;
        boolean whole = false;
        try {
            front.run(SmallPrograms.read(directory, name, front.caller().uid()).program());
            for (Event event = front.await(); !(event instanceof Event.Done); event = front.await()) {
                if (event instanceof Event.Bytes bytes) {
                    content.writeBytes(bytes.content());
                } else if (event instanceof Event.Value value && value.tag() == Tags.MODE) {
                    own &= (value.value() & OF_OTHERS) == 0;
                } else if (event instanceof Event.Value value && value.tag() == Tags.FILE_END) {
                    whole = true;
                }
            }
        } catch (LaunchFailure e) {
            return null;
        }
        return own && whole ? content.toByteArray() : null;
    }
}
