package io.patchwar.scenario;

import io.patchwar.fields.DigestKey;
import io.patchwar.model.War;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.AuditReader;
import io.patchwar.model.audit.AuditSink;
import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.audit.Scope;
import io.patchwar.model.audit.SkipReason;
import io.patchwar.watch.Findings;
import io.patchwar.watch.WarWatch;
import io.patchwar.watch.WatchConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Every war and finding that the scenarios and the recordings come to: what the rest of the core is tried on. */
public final class FoughtWars {
    private static final Path RECORDINGS = Path.of("..", "recordings");

    private FoughtWars() {}

    /** By the scenario that they come from; each scenario at each of its levels, in the first of its styles. */
    public static Map<String, List<War>> ofScenarios() {
        Map<String, List<War>> wars = new LinkedHashMap<>();
        for (Scenario scenario : Scenarios.all()) {
            List<War> of = new ArrayList<>();
            Set<String> played = new HashSet<>();
            for (Scenario.Run run : scenario.runs()) {
                if (played.add(run.level().toString())) {
                    of.addAll(all(findings(ScenarioPlay.log(run))));
                }
            }
            wars.put(scenario.id(), of);
        }
        return wars;
    }

    /** What a recording comes to. */
    public static Findings ofRecording(String name) {
        List<byte[]> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(RECORDINGS.resolve(name + ".jsonl.gz"))),
                StandardCharsets.UTF_8))) {
            in.lines().forEach(line -> lines.add(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return findings(lines);
    }

    /** Wars and findings. */
    public static List<War> all(Findings findings) {
        List<War> all = new ArrayList<>(findings.wars());
        all.addAll(findings.findings());
        return all;
    }

    /** What a log comes to. */
    public static Findings findings(List<byte[]> lines) {
        WarWatch watch = new WarWatch(WatchConfig.shipped(), DigestKey.of(new byte[16]));
        AuditReader reader = new AuditReader("default", Scope.DEFAULT);
        for (byte[] line : lines) {
            byte[] own = line.clone();
            watch.read();
            reader.read(own, 0, own.length, "audit.log", new AuditSink() {
                @Override
                public void accepted(AuditEvent event) {
                    watch.accept(event);
                }

                @Override
                public void skipped(SkipReason reason) {}

                @Override
                public void rejected(RejectReason reason, String detail) {}
            });
        }
        watch.finish();
        return watch.findings();
    }
}
