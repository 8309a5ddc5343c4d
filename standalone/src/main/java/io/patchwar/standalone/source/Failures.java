package io.patchwar.standalone.source;

import com.github.luben.zstd.ZstdIOException;
import io.patchwar.model.audit.RejectReason;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.zip.ZipException;

/** What to tell an operator whose input cannot be read. */
final class Failures {
    private Failures() {}

    static SourceException reading(String name, IOException e) {
        if (e instanceof NoSuchFileException) {
            return new SourceException("there is no " + name + "; check the path", e);
        }
        if (e instanceof AccessDeniedException) {
            return new SourceException(
                    "not allowed to read " + name
                            + "; audit logs are often readable for root alone: run this as a user who may, or copy it first",
                    e);
        }
        if (isDamage(e)) {
            return new SourceException(name + " is packed but damaged (" + reason(e) + "); copy it again", e);
        }
        return new SourceException("cannot read " + name + " (" + reason(e) + ")", e);
    }

    /** Whether what was to be unpacked is not whole, as with a log that is still being copied. */
    static boolean isDamage(IOException e) {
        return e instanceof ZipException || e instanceof EOFException || e instanceof ZstdIOException;
    }

    /** The rest of a log that could not be unpacked. */
    static Batch damaged(String name) {
        return Batch.rejection(
                RejectReason.CUT_OFF,
                name + " is packed but damaged or cut short; what came before that place was read");
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
