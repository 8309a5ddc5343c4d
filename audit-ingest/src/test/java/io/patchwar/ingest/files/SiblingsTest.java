package io.patchwar.ingest.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiblingsTest {
    private static final Duration LONG = Duration.ofSeconds(3);
    private static final int FILES = 40;

    @TempDir
    private Path folder;

    /** A file that is overlooked once is taken for gone, and read from its beginning when it is seen again. */
    @Test
    void listsAllOrSaysThatItCannotWhileFilesAreRenamedAllTheTime() throws Exception {
        Set<Fingerprint> all = new HashSet<>();
        for (int i = 1; i <= FILES; i++) {
            byte[] head = AuditLines.lines(i, i + 3).getBytes(StandardCharsets.UTF_8);
            Files.write(numbered(i), head);
            all.add(Fingerprint.of(head, head.length));
        }
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> shifting =
                CompletableFuture.runAsync(() -> shift(over), task -> new Thread(task).start());
        Siblings siblings = new Siblings(folder.resolve("audit.log"));
        int refused = 0;
        try {
            long end = System.nanoTime() + LONG.toNanos();
            while (System.nanoTime() < end) {
                try {
                    assertThat(siblings.list().stream()
                                    .map(Siblings.Sibling::print)
                                    .collect(Collectors.toSet()))
                            .isEqualTo(all);
                } catch (IOException e) {
                    assertThat(e).hasMessageContaining("are being renamed all the while");
                    refused++;
                }
            }
        } finally {
            over.set(true);
            shifting.join();
        }
        System.out.println(refused + " looks in vain");
        assertThat(siblings.list()).hasSize(FILES);
    }

    private Path numbered(int number) {
        return folder.resolve("audit.log." + number);
    }

    /** Up by one, and on, as logrotate does, without a pause. */
    private void shift(AtomicBoolean over) {
        try {
            for (int first = 1; !over.get(); first++) {
                for (int i = first + FILES - 1; i >= first; i--) {
                    Files.move(numbered(i), numbered(i + 1), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("cannot rename", e);
        }
    }
}
