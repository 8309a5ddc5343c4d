package io.patchwar.ingest.redact;

import io.patchwar.ingest.redact.Redaction.Veil;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replaces what must not travel in one event after the other. One thread; remembers what is to be replaced in which resource. */
public final class Redactor {
    private static final int MOST_RESOURCES = 4_096;

    /** Bodies that hold tokens, or what somebody asked about somebody. */
    private static final Set<String> PRIVATE_KINDS = Set.of(
            "TokenRequest",
            "TokenReview",
            "SubjectAccessReview",
            "LocalSubjectAccessReview",
            "SelfSubjectAccessReview",
            "SelfSubjectRulesReview",
            "SelfSubjectReview");

    private static final Set<String> PRIVATE_RESOURCES = Set.of(
            "tokenreviews",
            "subjectaccessreviews",
            "localsubjectaccessreviews",
            "selfsubjectaccessreviews",
            "selfsubjectrulesreviews",
            "selfsubjectreviews");

    private final Redaction redaction;
    private final BodyVeil bodies;
    private final StatusVeil statuses;
    private final Map<String, Optional<Veil>> veils = new HashMap<>();

    Redactor(Redaction redaction) {
        this.redaction = redaction;
        this.bodies = new BodyVeil(redaction.key());
        this.statuses = new StatusVeil(redaction.key());
    }

    /** The event as it may travel; itself if nothing in it had to be replaced. */
    public AuditEvent redact(AuditEvent event) {
        String kind = kind(event.request());
        String reply = kind(event.response());
        if (PRIVATE_RESOURCES.contains(event.object().resource())
                || event.subresource().equals("token")
                || PRIVATE_KINDS.contains(kind)
                || PRIVATE_KINDS.contains(reply)) {
            return event.withBodies(digested(event.message()), null, null, null, true);
        }
        boolean secret = kind.equals("Secret") || reply.equals("Secret");
        Veil veil = secret
                ? veil("", "secrets")
                : veil(event.object().group(), event.object().resource());
        if (veil == null) {
            return event;
        }
        Slice request = bodies.veil(event.request(), veil);
        Slice response = bodies.veil(event.response(), veil);
        Slice status = statuses.veil(event.status());
        boolean lost = (request == null && event.request() != null) || (response == null && event.response() != null);
        return event.withBodies(
                statuses.message(event.message()), status, request, response, lost || event.truncated());
    }

    private @Nullable Veil veil(String group, String resource) {
        if (veils.size() > MOST_RESOURCES) {
            veils.clear();
        }
        return veils.computeIfAbsent(
                        group + "/" + resource, name -> Optional.ofNullable(redaction.veil(group, resource)))
                .orElse(null);
    }

    private static String kind(@Nullable Slice body) {
        if (body == null || !body.isObject()) {
            return "";
        }
        try {
            String kind = Members.firstText(body, "kind");
            return kind == null ? "" : kind;
        } catch (MalformedJsonException e) {
            return "";
        }
    }

    private String digested(String message) {
        return message.isEmpty() ? "" : redaction.key().ofText(message);
    }
}
