package io.patchwar.benchmarks.cluster;

import java.util.Locale;

/** The places in a {@link Skeleton} that differ from object to object or from write to write. */
enum Slot {
    AUDIT_ID,
    RECEIVED,
    STAGED,
    /** The resourceVersion that a PUT was based on. */
    BASE,
    VERSION,
    BASE_GENERATION,
    GENERATION,
    OBSERVED,
    NAME,
    NAMESPACE,
    UID,
    CREATED,
    OWNER,
    OWNER_UID,
    APP,
    HASH,
    TAG,
    REPLICAS,
    UPDATED,
    UNAVAILABLE,
    REVISION,
    PROGRESS,
    PROGRESS_TIME,
    NODE,
    NODE_ADDRESS,
    NODE_DIGEST,
    POD_ADDRESS,
    ADDRESSES,
    RESTARTS,
    STARTED,
    FINISHED,
    CONTAINER,
    LAST_STATE,
    READY_SINCE,
    DELETED,
    GRACE,
    ENDPOINTS,
    TRIGGERED,
    PAYLOAD,
    CHECKSUM,
    SYNCED,
    EXPIRES,
    RENEWS,
    COMMIT,
    RESOURCES,
    HEARTBEAT,
    IMAGES,
    HOLDER,
    RENEWED,
    CLUSTER_ADDRESS,
    NODE_PORT,
    EXIT_NODE,
    INGRESS,
    ASKED,
    /** When MetalLB last wrote, as managedFields tell it. */
    LAST_PUT,
    ACCOUNT,
    ACCOUNT_NAMESPACE,
    LIST_VERSION;

    /** How a skeleton's text names this slot: {@code <node-address>}. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Slot named(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
