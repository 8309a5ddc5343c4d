package io.patchwar.ingest.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A file that a tail has open: how it began, how far it is read, and how far that is durable. One thread. */
final class OpenLog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenLog.class);

    private final LogContent content;
    private final LineBuffer buffer;
    private byte[] head;
    private long offset;
    private boolean amidst;
    private boolean endSeen;
    private long unended = -1;
    private int damaged;

    /**
     * Goes on in a file, or begins it.
     *
     * @param from up to where it is durable
     * @param amidst whether that is in the middle of a line, the rest of which is passed over
     * @param buffer that is read into; it begins anew
     */
    OpenLog(Rotation.Found found, long from, boolean amidst, LineBuffer buffer) {
        this.content = found.content();
        this.head = found.head();
        this.offset = from;
        this.amidst = amidst;
        this.buffer = buffer;
        buffer.restart(from);
    }

    LogContent content() {
        return content;
    }

    /** How it begins; of length 0 if it is empty. */
    Fingerprint begins() {
        return Fingerprint.of(head, head.length);
    }

    /** Up to where it is durable. */
    long offset() {
        return offset;
    }

    /** Up to where whole lines of it were read: the last one, which had no end, may have one by and by. */
    long wholeUpTo() {
        return unended < 0 ? offset : unended;
    }

    /** How much of the file of that name is not durable: all of it, if that is another. */
    long behind(Path live) throws IOException {
        long size = Files.size(live);
        return LogContent.fileKeyOf(live).equals(content.fileKey()) ? Math.max(0, size - offset) : size;
    }

    /** Whether it is not the one any more that was begun: emptied, and perhaps written again. */
    boolean isAnother() throws IOException {
        if (!content.mayGrow()) {
            return false;
        }
        byte[] now = content.head();
        if (now.length < head.length || !Arrays.equals(now, 0, head.length, head, 0, head.length)) {
            return true;
        }
        head = now;
        return false;
    }

    /** Passes over the rest of a line that is not read; true once its end is found, or where there is none to pass over. */
    boolean hasPassedRest() {
        if (!amidst) {
            return true;
        }
        int end = buffer.firstLineEnd();
        if (end == 0) {
            buffer.consume(buffer.filled());
            return false;
        }
        buffer.consume(end);
        offset = buffer.base();
        amidst = false;
        return true;
    }

    /** All that was written is read, and more may be. */
    void goesOn() {
        endSeen = false;
    }

    /** All that was written is read, and no more comes; true if that was so the last time. */
    boolean endsAgain() {
        boolean again = endSeen;
        endSeen = true;
        return again;
    }

    /** Its last line is sent off without an end. */
    void sendsUnended() {
        unended = unended < 0 ? buffer.base() : unended;
    }

    /** So many bytes of it are durable. */
    void acknowledged(int bytes) {
        buffer.consume(bytes);
        offset = buffer.base();
    }

    /** The beginning of a line that is too long was put aside: the place stays before it, so that no other process begins in its middle. */
    void putAside(int bytes) {
        buffer.consume(bytes);
        amidst = true;
    }

    /** What is packed in it could not be unpacked; how often that is by now. */
    int damaged() {
        return ++damaged;
    }

    @Override
    public void close() {
        try {
            content.close();
        } catch (IOException e) {
            // It was only read.
            LOG.debug("closing {}", content, e);
        }
    }
}
