package io.patchwar.standalone.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.patchwar.model.Conflict;
import io.patchwar.model.War;
import io.patchwar.model.wire.WarJson;
import io.patchwar.pressure.PressureJson;
import io.patchwar.remedies.Remedies;
import io.patchwar.remedies.RemedyJson;
import io.patchwar.watch.ClusterSight;
import io.patchwar.watch.Findings;
import io.patchwar.watch.ResourceSight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** For programs: the contract that {@code docs/json.md} describes. Stateless. */
public final class JsonReport {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonReport() {}

    /** Writes the report as one JSON document that ends in a line end; the writer stays open. */
    public static void write(ScanReport report, Writer out) {
        try {
            JsonGenerator json = JSON.createGenerator(out);
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.setPrettyPrinter(new DefaultPrettyPrinter());
            write(report, json);
            json.close();
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ScanReport report, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", WarJson.SCHEMA);
        writeWars("wars", report.findings().wars(), report.findings(), json);
        writeWars("findings", report.findings().findings(), report.findings(), json);
        writeWars("muted", report.findings().muted(), report.findings(), json);
        json.writeArrayFieldStart("conflicts");
        for (Conflict conflict : report.findings().conflicts()) {
            WarJson.write(conflict, json);
        }
        json.writeEndArray();
        writeInput(report.input(), json);
        json.writeObjectFieldStart("sight");
        for (Map.Entry<String, ClusterSight> cluster : report.clusters().entrySet()) {
            json.writeObjectFieldStart(cluster.getKey());
            writeSight(cluster.getValue(), report.seen().getOrDefault(cluster.getKey(), Map.of()), json);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeWars(String name, List<War> wars, Findings all, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (War war : wars) {
            WarJson.write(war, json, more -> {
                more.writeFieldName("pressure");
                PressureJson.write(all.pressure().get(war.id()), more);
                more.writeFieldName("remedy");
                RemedyJson.write(Remedies.forWar(war), more);
            });
        }
        json.writeEndArray();
    }

    private static void writeInput(InputAccount input, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("input");
        json.writeNumberField("read", input.read());
        json.writeNumberField("accepted", input.accepted());
        json.writeObjectFieldStart("skipped");
        for (var skipped : input.skipped().entrySet()) {
            json.writeNumberField(skipped.getKey().word(), skipped.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("rejected");
        for (var rejected : input.rejected().entrySet()) {
            json.writeNumberField(rejected.getKey().word(), rejected.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeSight(ClusterSight sight, Map<String, ResourceSight> resources, JsonGenerator json)
            throws IOException {
        WarJson.time(json, "first", sight.first());
        WarJson.time(json, "last", sight.last());
        json.writeNumberField("evicted", sight.evicted());
        json.writeNumberField("judgedEarly", sight.judgedEarly());
        json.writeNumberField("forgotten", sight.forgotten());
        json.writeObjectFieldStart("resources");
        for (Map.Entry<String, ResourceSight> resource : resources.entrySet()) {
            ResourceSight seen = resource.getValue();
            json.writeObjectFieldStart(resource.getKey());
            json.writeNumberField("writes", seen.writes());
            json.writeNumberField("withBodies", seen.withBodies());
            json.writeNumberField("withReplies", seen.withReplies());
            json.writeNumberField("truncated", seen.truncated());
            json.writeNumberField("noOps", seen.noOps());
            json.writeNumberField("rejected", seen.rejected());
            json.writeNumberField("unknown", seen.unknown());
            json.writeNumberField("duplicates", seen.duplicates());
            json.writeNumberField("late", seen.late());
            json.writeNumberField("gaps", seen.gaps());
            json.writeNumberField("resynchronised", seen.resynchronised());
            json.writeNumberField("restored", seen.restored());
            json.writeNumberField("unlistedCollections", seen.unlistedCollections());
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
