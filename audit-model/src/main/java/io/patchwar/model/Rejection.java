package io.patchwar.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the API server refused a write.
 *
 * @param code HTTP status, 400 to 499
 * @param reason the {@code metav1.Status} reason, empty if none
 * @param message the server's words, shortened; empty where they could carry a secret
 * @param policy the policy or webhook that denied it, null if none is named
 * @param managers the rival field managers of an apply conflict
 * @param fields the fields that the causes name
 */
public record Rejection(
        int code, String reason, String message, @Nullable String policy, List<String> managers, List<String> fields) {
    public Rejection {
        managers = List.copyOf(managers);
        fields = List.copyOf(fields);
    }
}
