package io.patchwar.remedies;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** A remedy as JSON, as {@code docs/json.md} has it: the safest option in full, and where the others stand. Stateless. */
public final class RemedyJson {
    private RemedyJson() {}

    /** Writes it as one object. */
    public static void write(Remedy remedy, JsonGenerator json) throws IOException {
        Remedy.Option first = remedy.first();
        json.writeStartObject();
        json.writeStringField("id", remedy.id());
        json.writeStringField("cause", remedy.cause());
        json.writeStringField("action", first.title());
        json.writeArrayFieldStart("commands");
        for (String command : first.commands()) {
            json.writeString(command);
        }
        json.writeEndArray();
        json.writeStringField("manifest", first.manifest());
        json.writeStringField("runbook", remedy.runbook());
        json.writeEndObject();
    }
}
