package io.patchwar.model;

import java.util.List;
import java.util.Map;

/**
 * An actor that takes part in a war.
 *
 * @param account the authenticated or impersonated account, or {@link Actor#ADMISSION}
 * @param program what it calls itself
 * @param instances pods or user agents seen, at most a few
 * @param writes its accepted writes of the object so far
 * @param rejected its rejected writes of the object so far
 * @param values for each contested field the values it insists on, latest last
 */
public record Contender(
        String account,
        String program,
        List<String> instances,
        long writes,
        long rejected,
        Map<String, List<String>> values) {
    public Contender {
        instances = List.copyOf(instances);
    }
}
