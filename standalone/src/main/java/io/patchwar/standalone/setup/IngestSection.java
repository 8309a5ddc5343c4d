package io.patchwar.standalone.setup;

import java.nio.file.Path;

/** The part of ingest's configuration that takes this cluster's events. Stateless. */
final class IngestSection {
    private IngestSection() {}

    static String webhook(SetupRequest request, Path output) {
        return """
                # Goes into ingest's configuration: takes the events that the API servers of %1$s post.
                # (to be filled once ingest's reader is known) %2$s
                """.formatted(request.cluster(), output);
    }

    static String bridge(SetupRequest request) {
        return """
                # Goes into ingest's configuration: reads the events of %1$s from a topic that a shipper fills.
                """.formatted(request.cluster());
    }
}
