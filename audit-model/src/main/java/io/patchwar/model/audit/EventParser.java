package io.patchwar.model.audit;

import io.patchwar.model.json.Ascii;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;
import org.jspecify.annotations.Nullable;

/**
 * Reads one audit event from bytes, in one go from its beginning, and ends as soon as it is known that the event cannot matter.
 * Of the bodies only the reply's identity is read; of what lies between their brackets nothing is checked. One thread.
 */
final class EventParser {
    /** What the lines of every API server begin with, before anything that says more. */
    private static final Ascii BEGINNING = Ascii.of("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\"");

    /** Members that only an envelope has; what they hold is read once, by whoever opens it. */
    private static final Ascii[] ENVELOPES = {
        Ascii.of("items"), Ascii.of("records"), Ascii.of("logEvents"), Ascii.of("streams"), Ascii.of("resourceLogs")
    };

    private static final Ascii VERB = Ascii.of("verb");
    private static final Ascii STAGE = Ascii.of("stage");
    private static final Ascii AUDIT_ID = Ascii.of("auditID");
    private static final Ascii USER_AGENT = Ascii.of("userAgent");
    private static final Ascii TIMESTAMP = Ascii.of("timestamp");
    private static final Ascii REQUEST_URI = Ascii.of("requestURI");
    private static final Ascii REQUEST_OBJECT = Ascii.of("requestObject");
    private static final Ascii STAGE_TIMESTAMP = Ascii.of("stageTimestamp");
    private static final Ascii RESPONSE_OBJECT = Ascii.of("responseObject");
    private static final Ascii RECEIVED = Ascii.of("requestReceivedTimestamp");
    private static final Ascii USER = Ascii.of("user");
    private static final Ascii OBJECT_REF = Ascii.of("objectRef");
    private static final Ascii ANNOTATIONS = Ascii.of("annotations");
    private static final Ascii RESPONSE_STATUS = Ascii.of("responseStatus");
    private static final Ascii IMPERSONATED_USER = Ascii.of("impersonatedUser");
    private static final Ascii DECISION = Ascii.of("authorization.k8s.io/decision");
    private static final Ascii REASON = Ascii.of("authorization.k8s.io/reason");

    private final EventHead head;
    private final EventOutline outline;
    private final Words words = new Words();
    private final UserParser users = new UserParser(words);
    private final ObjectParser objects = new ObjectParser(words);
    private final MemberWalk eventWalk = new MemberWalk();
    private final MemberWalk annotationsWalk = new MemberWalk();

    EventParser(EventHead head, Scope scope) {
        this.head = head;
        this.outline = new EventOutline(scope, words);
    }

    /**
     * Reads the event at {@code [from, to)} into the head, which was cleared.
     *
     * @return why it cannot matter, as soon as that is known; then the head holds nothing of use. Null if it was read to its end
     */
    @Nullable
    SkipReason read(byte[] b, int from, int to) {
        outline.begin(b);
        MemberWalk m = BEGINNING.begins(b, from, to)
                ? eventWalk.on(b, from + BEGINNING.length(), to)
                : eventWalk.over(b, from, to);
        while (m.next()) {
            byte first = m.first();
            boolean telling;
            if (first == '"') {
                telling = readText(m);
            } else if (first == '{' || first == '[') {
                if (first == '[' && !outline.isEvent && isEnvelopes(m)) {
                    break;
                }
                telling = readContainer(m, b, to);
            } else {
                m.skip();
                telling = false;
            }
            if (telling) {
                SkipReason irrelevant = outline.irrelevance();
                if (irrelevant != null) {
                    return irrelevant;
                }
            }
        }
        outline.tell(head);
        return null;
    }

    private static boolean isEnvelopes(MemberWalk m) {
        for (Ascii name : ENVELOPES) {
            if (m.keyIs(name)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a member that is a string; true if it may tell that the event cannot matter. */
    private boolean readText(MemberWalk m) {
        switch (m.keyLength()) {
            case 4 -> {
                if (m.keyIs(VERB)) {
                    outline.verb = m.text(words);
                    return true;
                }
            }
            case 5 -> {
                if (m.keyIs(STAGE)) {
                    outline.stage = m.text(words);
                    return true;
                }
            }
            case 7 -> {
                if (m.keyIs(AUDIT_ID)) {
                    outline.auditID = m.textStretch();
                    outline.isEvent = true;
                    return false;
                }
            }
            case 9, 10 -> {
                return readOften(m);
            }
            case 13 -> head.truncated |= m.keyIs(REQUEST_OBJECT);
            case 14 -> {
                if (m.keyIs(STAGE_TIMESTAMP)) {
                    outline.time = m.textStretch();
                    return false;
                }
                // A log store that could not take a large body puts a word in its place: the event is cut, whatever its
                // level.
                head.truncated |= m.keyIs(RESPONSE_OBJECT);
            }
            case 24 -> {
                if (m.keyIs(RECEIVED)) {
                    outline.received = m.textStretch();
                    return false;
                }
            }
            default -> {}
        }
        m.skip();
        return false;
    }

    private boolean readOften(MemberWalk m) {
        if (m.keyIs(REQUEST_URI)) {
            outline.uri = m.textStretch();
        } else if (m.keyIs(USER_AGENT)) {
            outline.userAgent = m.textStretch();
        } else if (m.keyIs(TIMESTAMP) && !outline.isReceived()) {
            outline.received = m.textStretch();
        } else {
            m.skip();
        }
        return false;
    }

    /** Reads a member that is an object or an array; true if it may tell that the event cannot matter. */
    private boolean readContainer(MemberWalk m, byte[] b, int to) {
        boolean object = m.first() == '{';
        switch (m.keyLength()) {
            case 4 -> {
                if (object && m.keyIs(USER)) {
                    m.after(users.read(b, m.at(), to, outline));
                    return false;
                }
            }
            case 9 -> {
                if (object && m.keyIs(OBJECT_REF)) {
                    m.after(objects.readReference(b, m.at(), to, outline));
                    return true;
                }
            }
            case 11 -> {
                if (object && m.keyIs(ANNOTATIONS)) {
                    m.after(readAnnotations(b, m.at(), to));
                    return false;
                }
            }
            case 13 -> {
                if (m.keyIs(REQUEST_OBJECT)) {
                    m.after(objects.readRequest(b, m.at(), to, outline));
                    return false;
                }
            }
            case 14 -> {
                if (object && m.keyIs(RESPONSE_OBJECT)) {
                    m.after(objects.readReply(b, m.at(), to, outline));
                    return false;
                }
                if (m.keyIs(RESPONSE_STATUS)) {
                    head.readStatus(m.value());
                    return false;
                }
            }
            case 16 -> {
                if (object && m.keyIs(IMPERSONATED_USER)) {
                    m.after(users.readImpersonated(b, m.at(), to, outline));
                    return false;
                }
            }
            default -> {}
        }
        m.skip();
        return false;
    }

    private int readAnnotations(byte[] b, int from, int to) {
        MemberWalk m = annotationsWalk.over(b, from, to);
        while (m.next()) {
            // The two that every event carries say nothing here.
            if (m.first() == '"' && !m.keyIs(DECISION) && !m.keyIs(REASON)) {
                String key = words.text(b, m.keyFrom(), m.keyTo());
                head.readAnnotation(key, m.value().text());
            } else {
                m.skip();
            }
        }
        return m.at();
    }

    /** Reads a reply that stands outside an event of the usual form into the head. */
    void readReply(Slice reply) {
        outline.begin(reply.bytes());
        objects.readReply(reply.bytes(), reply.from(), reply.to(), outline);
        outline.tellResponse(head);
    }
}
