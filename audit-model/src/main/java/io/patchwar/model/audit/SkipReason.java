package io.patchwar.model.audit;

/** Why a good audit event is none that a war could be seen in. */
public enum SkipReason {
    /** Not the stage in which a request is complete; its completion is an event of its own. */
    STAGE("stage"),
    /** A read. */
    READ("read"),
    /** Nothing is stored in a dry run. */
    DRY_RUN("dry-run"),
    /** A request to no Kubernetes object. */
    NO_OBJECT("no-object"),
    /** A resource out of scope: events, leases, reviews, tokens. */
    OUT_OF_SCOPE("out-of-scope"),
    /** A subresource that is no state of its object: binding, exec, proxy. */
    SUBRESOURCE("subresource"),
    /** Created with a generated name that the event does not tell. */
    NO_NAME("no-name"),
    /** Outside the span of time that was asked for. */
    OUTSIDE_SPAN("outside-span"),
    /** An envelope without an audit event: control messages, other log streams. */
    NO_EVENT("no-event");

    private final String word;

    SkipReason(String word) {
        this.word = word;
    }

    /** The word in accounts and metrics. */
    public String word() {
        return word;
    }
}
