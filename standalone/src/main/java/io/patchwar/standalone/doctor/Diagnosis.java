package io.patchwar.standalone.doctor;

import io.patchwar.standalone.report.InputAccount;
import io.patchwar.watch.ResourceSight;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that was found.
 *
 * @param scope what was looked at, in words: {@code 4,900 audit events of 1 API server}
 * @param input of all records
 * @param servers API servers that were heard, by the names of their logs or what their envelopes name; text that others wrote
 * @param findings in the order of their gravity
 * @param sight what could be seen, by resource
 */
public record Diagnosis(
        String scope,
        InputAccount input,
        List<String> servers,
        List<Finding> findings,
        Map<String, ResourceSight> sight) {
    public Diagnosis {
        servers = List.copyOf(servers);
        findings = List.copyOf(findings);
        sight = Collections.unmodifiableMap(new TreeMap<>(sight));
    }

    public List<Finding> problems() {
        return findings.stream().filter(finding -> !finding.symptom().isNote()).toList();
    }

    public List<Finding> notes() {
        return findings.stream().filter(finding -> finding.symptom().isNote()).toList();
    }
}
