package io.patchwar.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RotationTest {
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final int FILES = 3;

    /** Long enough for a look in peace, short enough that many a look is disturbed. */
    private static final long PAUSE = 200_000;

    @TempDir
    private Path folder;

    /** Whoever finds nothing gives up what stands in it. */
    @Test
    void findsAFileWhoseNameIsGivenToAnotherBetweenBeingListedAndBeingOpened() throws Exception {
        for (int i = 1; i <= FILES; i++) {
            Files.write(numbered(i), content(i));
        }
        byte[] sought = content(2);
        Fingerprint begins = Fingerprint.of(sought, sought.length);
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> shifting =
                CompletableFuture.runAsync(() -> shift(over), task -> new Thread(task).start());
        int found = 0;
        int refused = 0;
        try {
            Rotation rotation = new Rotation(folder.resolve("audit.log"));
            long end = System.nanoTime() + LONG.toNanos();
            while (System.nanoTime() < end) {
                Rotation.Found file;
                try {
                    file = rotation.find(begins, sought.length);
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("renamed all the while");
                    refused++;
                    continue;
                }
                assertThat(file)
                        .as("a file that is there; found before: %d", found)
                        .isNotNull();
                try (LogContent opened = file.content()) {
                    assertThat(opened.head()).isEqualTo(file.head()).startsWith(sought);
                }
                found++;
            }
        } finally {
            over.set(true);
            shifting.join();
        }
        System.out.println(found + " times found, " + refused + " looks in vain");
        assertThat(found).isPositive();
    }

    @Test
    void doesNotFindWhatIsNotThere() throws Exception {
        Files.write(numbered(1), content(1));
        Rotation rotation = new Rotation(folder.resolve("audit.log"));
        byte[] other = content(2);
        assertThat(rotation.find(Fingerprint.of(other, other.length), 0)).isNull();
        // It begins so, but is shorter than what was read.
        byte[] shorter = content(1);
        Fingerprint begins = Fingerprint.of(shorter, shorter.length);
        assertThat(rotation.find(begins, shorter.length + 1)).isNull();
        Rotation.Found whole = rotation.find(begins, shorter.length);
        assertThat(whole).isNotNull();
        whole.content().close();
    }

    private static byte[] content(int number) {
        return AuditLines.lines(number, number + 1).getBytes(StandardCharsets.UTF_8);
    }

    private Path numbered(int number) {
        return folder.resolve("audit.log." + number);
    }

    /** Up by one, and on, as logrotate does: each name becomes that of the file before. */
    private void shift(AtomicBoolean over) {
        try {
            for (int first = 1; !over.get(); first++) {
                for (int i = first + FILES - 1; i >= first; i--) {
                    Files.move(numbered(i), numbered(i + 1), StandardCopyOption.ATOMIC_MOVE);
                }
                LockSupport.parkNanos(PAUSE);
            }
        } catch (IOException e) {
            throw new AssertionError("cannot rename", e);
        }
    }
}
