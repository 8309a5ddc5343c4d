package io.patchwar.standalone.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.patchwar.model.words.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/** For programs: the contract that {@code docs/doctor.md} describes. Stateless. */
public final class DoctorJson {
    /** Name and version of the contract. */
    public static final String SCHEMA = "patchwar.io/doctor-v1";

    private static final JsonFactory JSON = new JsonFactory();

    private DoctorJson() {}

    /** Writes the diagnosis as one JSON document that ends in a line end; the writer stays open. */
    public static void write(Diagnosis diagnosis, Writer out) {
        try {
            JsonGenerator json = JSON.createGenerator(out);
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            write(diagnosis, json);
            json.close();
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Diagnosis diagnosis, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeBooleanField("healthy", diagnosis.problems().isEmpty());
        json.writeArrayFieldStart("findings");
        for (Finding finding : diagnosis.findings()) {
            Symptom symptom = finding.symptom();
            json.writeStartObject();
            json.writeStringField("symptom", symptom.word());
            json.writeStringField("weight", symptom.isNote() ? "note" : "problem");
            json.writeStringField("title", symptom.title());
            json.writeNumberField("count", finding.count());
            json.writeNumberField("of", finding.of());
            json.writeArrayFieldStart("evidence");
            for (String evidence : finding.evidence()) {
                json.writeString(evidence);
            }
            json.writeEndArray();
            json.writeStringField("meaning", symptom.meaning());
            json.writeStringField("change", symptom.change());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("input");
        json.writeNumberField("read", diagnosis.input().read());
        json.writeNumberField("accepted", diagnosis.input().accepted());
        json.writeNumberField("skipped", diagnosis.input().allSkipped());
        json.writeNumberField("rejected", diagnosis.input().allRejected());
        json.writeEndObject();
        json.writeArrayFieldStart("servers");
        for (String server : diagnosis.servers()) {
            json.writeString(SafeText.of(server, 400));
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
