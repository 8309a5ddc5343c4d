package io.patchwar.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerLogTest {
    @TempDir
    private Path directory;

    @Test
    void keepsTheNewestInAFileAndThreeOlderOnesOfBoundedSize() throws Exception {
        Path file = directory.resolve("broker.log");
        try (BrokerLog log = new BrokerLog(file, 10)) {
            for (int i = 0; i < 12; i++) {
                log.write("line" + i); // two of them are as much as a file takes
            }
            log.write("end");
        }
        assertThat(Files.readString(file)).isEqualTo("end\n");
        assertThat(Files.readString(directory.resolve("broker.log.1"))).isEqualTo("line10\nline11\n");
        assertThat(Files.readString(directory.resolve("broker.log.3"))).isEqualTo("line6\nline7\n");
        assertThat(directory.resolve("broker.log.4")).doesNotExist();
    }

    @Test
    void goesOnWithoutAFileThatCannotBeWritten() {
        List<String> heard = new ArrayList<>();
        try (BrokerLog log = new BrokerLog(directory.resolve("absent").resolve("broker.log"), 10)) {
            log.pump(new ByteArrayInputStream("a\nb\n".getBytes(StandardCharsets.UTF_8)), heard::add);
            assertThat(log.last()).containsExactly("a", "b");
        }
        assertThat(heard).containsExactly("a", "b");
    }

    @Test
    void appendsToWhatAnEarlierProcessLeft() throws Exception {
        Path file = Files.writeString(directory.resolve("broker.log"), "old\n");
        try (BrokerLog log = new BrokerLog(file, 100)) {
            log.write("new");
        }
        assertThat(Files.readString(file)).isEqualTo("old\nnew\n");
    }
}
