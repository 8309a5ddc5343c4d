package io.patchwar.standalone.demo;

import java.net.URI;

/**
 * Where the services are that the story is told to.
 *
 * @param page of the processor, for a browser
 * @param ingest without a path
 */
record Stage(URI page, URI ingest) {

    /** Where audit events of that cluster are posted to. */
    URI audit(String cluster) {
        return ingest.resolve("/audit/" + cluster);
    }

    URI wars() {
        return page.resolve("/api/v1/wars");
    }

    URI metrics() {
        return page.resolve("/metrics");
    }
}
