package io.patchwar.ingest.webhook;

import io.patchwar.service.SmallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files whose content is looked at now and then: links that a kubelet swaps change no time stamp that could be relied on. One thread. */
final class WatchedFiles {
    /** Bytes of one of them: no user of theirs takes a larger one. */
    private static final int LARGEST = 1 << 20;

    private final List<Path> files;
    private List<byte[]> last;

    WatchedFiles(List<Path> files) {
        this.files = List.copyOf(files);
        this.last = contents();
    }

    /** Whether any differs from what it was when that was last asked. */
    boolean changed() {
        List<byte[]> now = contents();
        boolean same = now.size() == last.size();
        for (int i = 0; same && i < now.size(); i++) {
            same = Arrays.equals(now.get(i), last.get(i));
        }
        last = now;
        return !same;
    }

    /** A file that cannot be read, or is too large, is as one that is empty; whoever uses it says what is wrong. */
    private List<byte[]> contents() {
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            try {
                contents.add(SmallFile.read(file, LARGEST, "token or certificate"));
            } catch (IOException e) {
                contents.add(new byte[0]);
            }
        }
        return contents;
    }
}
