package io.patchwar.standalone.doctor;

import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Whether values of Secrets, or tokens, can be read in the events. Counts them, and shows none. */
final class ExposureProbe implements Probe {
    private final Tally secrets = new Tally();
    private final Tally tokens = new Tally();

    @Override
    public void event(RawEvent event) {
        try {
            if (event.resource.equals("secrets") && event.group.isEmpty()) {
                if (holdsValues(event.request) || holdsValues(event.response)) {
                    secrets.add(event.object());
                }
            } else if (event.subresource.equals("token") && event.resource.equals("serviceaccounts")) {
                if (Members.text(Members.find(event.response, "status"), "token") != null) {
                    tokens.add(event.object());
                }
            } else if (event.resource.equals("tokenreviews")
                    && Members.text(Members.find(event.request, "spec"), "token") != null) {
                tokens.add("tokenreviews");
            }
        } catch (MalformedJsonException e) {
            // A broken body is counted where events are read.
        }
    }

    /** Of one Secret, a list of them, or any patch of one. */
    private static boolean holdsValues(@Nullable Slice body) {
        if (body == null) {
            return false;
        }
        if (body.isArray()) {
            Members operations = new Members(body);
            while (operations.next()) {
                String path = Members.text(operations.value(), "path");
                if (path != null && (path.startsWith("/data") || path.startsWith("/stringData"))) {
                    return true;
                }
            }
            return false;
        }
        if (holdsAny(Members.find(body, "data")) || holdsAny(Members.find(body, "stringData"))) {
            return true;
        }
        Slice items = Members.find(body, "items");
        if (items != null && items.isArray()) {
            Members m = new Members(items);
            while (m.next()) {
                if (holdsAny(Members.find(m.value(), "data"))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean holdsAny(@Nullable Slice values) {
        return values != null && values.isObject() && new Members(values).next();
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        long total = secrets.total() + tokens.total();
        if (total > 0) {
            String shown = secrets.total() == 0 ? tokens.most(3) : secrets.most(3);
            findings.accept(new Finding(Symptom.SECRETS_EXPOSED, total, 0, List.of("in events of " + shown)));
        }
    }
}
