package io.patchwar.processor.stage;

import io.patchwar.broker.InProcessBroker;
import io.patchwar.processor.config.ProcessorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real broker for all tests of one class, each of which is an application of its own on it: registered in a static field,
 * there from before the first test until after the last.
 */
public final class OneBroker implements BeforeAllCallback, AfterAllCallback {
    /** Of the keyed topics of every application. */
    public static final int PARTITIONS = 4;

    private Path data;
    private InProcessBroker broker;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        data = Files.createTempDirectory("one-broker");
        broker = InProcessBroker.over(data.resolve("broker"));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        broker.close();
        Utils.delete(data.toFile());
    }

    public String bootstrap() {
        return broker.bootstrap();
    }

    /** A folder of that name, which goes with the broker; not made yet. */
    public Path folder(String name) {
        return data.resolve(name);
    }

    /** A processor as an application of that name, with topics and state of its own. */
    public ProcessorConfig config(String name) {
        return TestConfigs.named(name, bootstrap(), folder(name), PARTITIONS);
    }
}
