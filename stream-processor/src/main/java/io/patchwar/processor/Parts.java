package io.patchwar.processor;

import io.patchwar.service.Part;
import io.patchwar.service.health.Check;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a service, which begin in two phases: first those that need nothing, and last of them the gate; then those behind it,
 * which the gate starts once it opens. They end the other way round, the gate before all, so that nothing begins any more.
 * Start and close once; the rest is thread-safe.
 */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final List<Part> atOnce;
    private final Part gate;
    private final List<Part> behind;
    private volatile boolean ending;

    /**
     * @param atOnce begin in this order
     * @param behind begin in this order when the gate opens
     */
    Parts(List<Part> atOnce, Part gate, List<Part> behind) {
        this.atOnce = List.copyOf(atOnce);
        this.gate = gate;
        this.behind = List.copyOf(behind);
    }

    /** Begins the first phase. */
    void start() throws IOException {
        for (Part part : atOnce) {
            part.start();
        }
        gate.start();
    }

    /** Each part's check, and before them whether it goes on at all: whoever ends is not to be sent anything more. */
    List<Supplier<Check>> checks() {
        List<Supplier<Check>> checks = new ArrayList<>();
        checks.add(() -> ending ? Check.failed("service", "ends") : Check.ok("service", "goes on"));
        Stream.of(atOnce, behind, List.of(gate)).flatMap(List::stream).forEach(part -> checks.add(part::check));
        return checks;
    }

    @Override
    public void close() {
        ending = true;
        close(gate);
        closeAll(behind);
        closeAll(atOnce);
    }

    private static void closeAll(List<Part> parts) {
        for (int i = parts.size() - 1; i >= 0; i--) {
            close(parts.get(i));
        }
    }

    private static void close(Part part) {
        try {
            part.close();
        } catch (RuntimeException e) {
            LOG.warn("{} did not end well", part.name(), e);
        }
    }
}
