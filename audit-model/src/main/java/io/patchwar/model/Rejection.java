package io.patchwar.model;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.util.ArrayList;
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

    public void write(StateWriter out) {
        out.number(code);
        out.word(reason);
        out.text(message);
        out.maybeWord(policy);
        out.list(managers, out::word);
        out.list(fields, out::word);
    }

    /** Reads what {@link #write} wrote. */
    public static Rejection read(StateReader in) {
        int code = in.number(Integer.MAX_VALUE);
        String reason = in.word();
        String message = in.text();
        String policy = in.maybeWord();
        List<String> managers = new ArrayList<>();
        in.list(in::word, managers::add);
        List<String> fields = new ArrayList<>();
        in.list(in::word, fields::add);
        return new Rejection(code, reason, message, policy, managers, fields);
    }
}
