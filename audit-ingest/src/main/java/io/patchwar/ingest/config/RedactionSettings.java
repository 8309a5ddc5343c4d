package io.patchwar.ingest.config;

import io.patchwar.ingest.redact.Redaction;
import io.patchwar.ingest.redact.RedactionKey;
import java.util.List;

/**
 * What is replaced by digests beside the values of Secrets.
 *
 * @param configMaps whether the values of ConfigMaps are
 * @param fields more, by resource
 * @param keepInput whether dead letters hold what could not be read
 */
public record RedactionSettings(boolean configMaps, List<Fields> fields, boolean keepInput) {
    public RedactionSettings {
        fields = List.copyOf(fields);
    }

    /** Fields of the resources that a pattern names. */
    public record Fields(String resources, List<String> fields) {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /** The redaction under that key. */
    public Redaction under(RedactionKey key) {
        Redaction redaction = Redaction.under(key);
        if (configMaps) {
            redaction = redaction.withConfigMaps();
        }
        for (Fields more : fields) {
            redaction = redaction.with(more.resources(), more.fields());
        }
        return redaction;
    }
}
