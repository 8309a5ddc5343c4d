package io.patchwar.processor.alerting;

import java.util.Set;

/** The labels that make an alert what it is; no configured label may have their names. */
final class Labels {
    static final String NAME = "alertname";
    static final String SEVERITY = "severity";
    static final String CLUSTER = "cluster";
    static final String NAMESPACE = "namespace";
    static final String RESOURCE = "resource";
    static final String OBJECT = "name";
    static final String FIELD = "field";
    static final String WAR_ID = "war_id";
    static final String CONFLICT_ID = "conflict_id";

    static final Set<String> ALL =
            Set.of(NAME, SEVERITY, CLUSTER, NAMESPACE, RESOURCE, OBJECT, FIELD, WAR_ID, CONFLICT_ID);

    private Labels() {}
}
