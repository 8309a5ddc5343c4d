package io.patchwar.processor.investigation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.patchwar.model.Conflict;
import io.patchwar.model.War;
import io.patchwar.model.wire.WarJson;
import io.patchwar.pressure.PressureJson;
import io.patchwar.processor.board.BoardView;
import io.patchwar.processor.board.ClusterStanding;
import io.patchwar.processor.board.CommonCause;
import io.patchwar.processor.board.Standing;
import io.patchwar.remedies.Remedies;
import io.patchwar.remedies.RemedyJson;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The board as JSON: the scan's document ({@code docs/json.md}), with what only a service knows added. Stateless. */
final class BoardJson {
    private static final JsonFactory JSON = new JsonFactory();

    private BoardJson() {}

    static JsonGenerator generator(OutputStream out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out);
        json.setPrettyPrinter(new DefaultPrettyPrinter());
        return json;
    }

    /** All that the question asks for, in the shape of a scan's document. */
    static void writeList(BoardView view, Question question, InputSeen input, JsonGenerator json) throws IOException {
        List<Standing> wars = new ArrayList<>();
        List<Standing> findings = new ArrayList<>();
        List<Standing> muted = new ArrayList<>();
        for (Standing standing : view.standings()) {
            War war = standing.war();
            if (question.wants(war)) {
                (war.muted() != null ? muted : war.warClass().isWar() ? wars : findings).add(standing);
            }
        }
        json.writeStartObject();
        json.writeStringField("schema", WarJson.SCHEMA);
        writeStandings("wars", wars, json);
        writeStandings("findings", findings, json);
        writeStandings("muted", muted, json);
        List<War> chosen = wars.stream().map(Standing::war).toList();
        writeConflicts(
                CommonCause.among(chosen).stream().map(CommonCause::conflict).toList(), json);
        writeInput(input, json);
        writeSight(view, question, json);
        json.writeEndObject();
    }

    /** One war or finding. */
    static void write(Standing standing, JsonGenerator json) throws IOException {
        WarJson.write(standing.war(), json, more -> {
            more.writeStringField("lifecycle", standing.lifecycle().word());
            more.writeNumberField("revision", standing.war().revision());
            more.writeBooleanField("heard", standing.heard());
            more.writeFieldName("pressure");
            PressureJson.write(standing.pressure(), more);
            more.writeFieldName("remedy");
            RemedyJson.write(Remedies.forWar(standing.war()), more);
        });
    }

    /** The conflicts that the question asks for, whole. */
    static void writeConflicts(BoardView view, Question question, JsonGenerator json) throws IOException {
        Map<String, War> wars = new HashMap<>();
        view.standings().forEach(standing -> wars.put(standing.war().id(), standing.war()));
        json.writeStartObject();
        json.writeStringField("schema", WarJson.SCHEMA);
        writeConflicts(
                view.conflicts().stream().filter(c -> question.wants(c, wars)).toList(), json);
        json.writeEndObject();
    }

    private static void writeStandings(String name, List<Standing> standings, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Standing standing : standings) {
            write(standing, json);
        }
        json.writeEndArray();
    }

    private static void writeConflicts(List<Conflict> conflicts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("conflicts");
        for (Conflict conflict : conflicts) {
            WarJson.write(conflict, json);
        }
        json.writeEndArray();
    }

    private static void writeInput(InputSeen input, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("input");
        json.writeNumberField("read", input.read());
        json.writeNumberField("accepted", input.accepted());
        writeCounts("skipped", input.skipped(), json);
        writeCounts("rejected", input.rejected(), json);
        json.writeEndObject();
    }

    private static void writeCounts(String name, Map<String, Long> counts, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> count : new TreeMap<>(counts).entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    /** Counts by resource are each instance's own, of its partitions: the board has none. */
    private static void writeSight(BoardView view, Question question, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("sight");
        for (Map.Entry<String, ClusterStanding> entry : view.clusters().entrySet()) {
            if (!question.wantsCluster(entry.getKey())) {
                continue;
            }
            ClusterStanding cluster = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            WarJson.time(json, "first", cluster.since());
            WarJson.time(json, "last", cluster.time());
            json.writeNumberField("evicted", cluster.room().evicted());
            json.writeNumberField("judgedEarly", cluster.room().judgedEarly());
            json.writeNumberField("forgotten", cluster.room().forgotten());
            json.writeBooleanField("heard", cluster.heard());
            WarJson.time(json, "heardAt", cluster.heardAt());
            json.writeObjectFieldStart("resources");
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
