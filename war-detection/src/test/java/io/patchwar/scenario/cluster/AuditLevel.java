package io.patchwar.scenario.cluster;

/** How much of a request the audit policy writes down. */
public enum AuditLevel {
    METADATA("Metadata"),
    REQUEST("Request"),
    REQUEST_RESPONSE("RequestResponse");

    private final String text;

    AuditLevel(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public static AuditLevel named(String text) {
        for (AuditLevel level : values()) {
            if (level.text.equals(text)) {
                return level;
            }
        }
        throw new IllegalArgumentException("no such audit level: " + text);
    }
}
