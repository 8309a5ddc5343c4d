package io.patchwar.model.audit;

import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads an event as {@link EventParser} does, but without its shortcuts: every member is walked and decoded as it comes. What
 * the two say must never differ.
 */
final class PlainEventParser {
    /** Members that only an envelope has; what they hold is read once, by whoever opens it. */
    private static final String[] ENVELOPES = {"items", "records", "logEvents", "streams", "resourceLogs"};

    private final EventHead head;
    private final Words words = new Words();
    private final PlainWalk eventWalk = new PlainWalk();
    private final PlainWalk userWalk = new PlainWalk();
    private final PlainWalk extraWalk = new PlainWalk();
    private final PlainWalk objectRefWalk = new PlainWalk();
    private final PlainWalk annotationsWalk = new PlainWalk();
    private final PlainWalk responseWalk = new PlainWalk();
    private final PlainWalk metadataWalk = new PlainWalk();

    PlainEventParser(EventHead head) {
        this.head = head;
    }

    /**
     * Reads the event at {@code [from, to)} into the head.
     *
     * @return why it cannot matter, as soon as that is known; null if it was read to its end
     */
    @Nullable
    SkipReason read(byte[] b, int from, int to) {
        PlainWalk m = eventWalk.over(b, from, to);
        while (m.next()) {
            boolean telling;
            switch (m.first()) {
                case '"' -> telling = readText(m, b, to);
                case '{', '[' -> {
                    if (!head.isEvent && m.first() == '[' && isEnvelopes(m)) {
                        return null;
                    }
                    telling = readContainer(m, b, to);
                }
                default -> {
                    m.skip();
                    telling = false;
                }
            }
            if (telling) {
                SkipReason irrelevant = head.irrelevance();
                if (irrelevant != null) {
                    return irrelevant;
                }
            }
        }
        return null;
    }

    private static boolean isEnvelopes(PlainWalk m) {
        for (String name : ENVELOPES) {
            if (m.keyIs(name)) {
                return true;
            }
        }
        return false;
    }

    /** Reads a member that is a string; true if it may tell that the event cannot matter. */
    private boolean readText(PlainWalk m, byte[] b, int to) {
        switch (m.keyTo() - m.keyFrom()) {
            case 4 -> {
                if (m.keyIs("verb")) {
                    head.verb = m.text(words);
                    return true;
                }
            }
            case 5 -> {
                if (m.keyIs("stage")) {
                    head.stage = m.text(words);
                    return true;
                }
            }
            case 7 -> {
                if (m.keyIs("auditID")) {
                    head.auditID = m.value().text();
                    head.isEvent = true;
                    return false;
                }
            }
            case 9 -> {
                if (m.keyIs("userAgent")) {
                    head.userAgent = m.text(words);
                    return false;
                }
                if (m.keyIs("timestamp") && head.received == null) {
                    head.received = instant(m, b, to);
                    return false;
                }
            }
            case 10 -> {
                if (m.keyIs("requestURI")) {
                    head.uri = m.value().text();
                    return false;
                }
            }
            case 13 -> head.truncated |= m.keyIs("requestObject");
            case 14 -> {
                if (m.keyIs("stageTimestamp")) {
                    head.time = instant(m, b, to);
                    return false;
                }
                // A log store that could not take a large body puts a word in its place: the event is cut, whatever its
                // level.
                head.truncated |= m.keyIs("responseObject");
            }
            case 24 -> {
                if (m.keyIs("requestReceivedTimestamp")) {
                    head.received = instant(m, b, to);
                    return false;
                }
            }
            default -> {}
        }
        m.skip();
        return false;
    }

    private static @Nullable Instant instant(PlainWalk m, byte[] b, int to) {
        int from = m.at() + 1;
        int end = JsonScan.endOfString(b, m.at(), to);
        m.after(end);
        return Timestamps.parse(b, from, end - 1);
    }

    /** Reads a member that is an object or an array; true if it may tell that the event cannot matter. */
    private boolean readContainer(PlainWalk m, byte[] b, int to) {
        boolean object = m.first() == '{';
        switch (m.keyTo() - m.keyFrom()) {
            case 4 -> {
                if (object && m.keyIs("user")) {
                    m.after(readUser(b, m.at(), to, false));
                    return false;
                }
            }
            case 9 -> {
                if (object && m.keyIs("objectRef")) {
                    m.after(readObjectRef(b, m.at(), to));
                    return true;
                }
            }
            case 11 -> {
                if (object && m.keyIs("annotations")) {
                    m.after(readAnnotations(b, m.at(), to));
                    return false;
                }
            }
            case 13 -> {
                if (m.keyIs("requestObject")) {
                    head.request = m.value();
                    return false;
                }
            }
            case 14 -> {
                if (object && m.keyIs("responseObject")) {
                    m.after(readResponse(b, m.at(), to));
                    return false;
                }
                if (m.keyIs("responseStatus")) {
                    head.readStatus(m.value());
                    return false;
                }
            }
            case 16 -> {
                if (object && m.keyIs("impersonatedUser")) {
                    m.after(readUser(b, m.at(), to, true));
                    return false;
                }
            }
            default -> {}
        }
        m.skip();
        return false;
    }

    private int readUser(byte[] b, int from, int to, boolean impersonation) {
        String username = "";
        PlainWalk m = userWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() == '"' && m.keyIs("username")) {
                username = m.text(words);
            } else if (m.first() == '{' && !impersonation && m.keyIs("extra")) {
                m.after(readExtra(b, m.at(), to));
            } else {
                m.skip();
            }
        }
        if (impersonation) {
            head.impersonated = username.isEmpty() ? head.impersonated : username;
        } else {
            head.account = username;
        }
        return m.at();
    }

    private int readExtra(byte[] b, int from, int to) {
        PlainWalk m = extraWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() == '[' && m.keyIs("authentication.kubernetes.io/pod-name")) {
                int first = JsonScan.skipSpace(b, m.at() + 1, to);
                if (head.pod == null && first < to && b[first] == '"') {
                    String pod = words.text(b, first + 1, JsonScan.endOfString(b, first, to) - 1);
                    head.pod = pod.isEmpty() ? null : pod;
                }
            }
            m.skip();
        }
        return m.at();
    }

    private int readObjectRef(byte[] b, int from, int to) {
        head.objectSeen = true;
        PlainWalk m = objectRefWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() != '"') {
                m.skip();
            } else if (m.keyIs("resource")) {
                head.resource = Identity.bounded(m.text(words));
            } else if (m.keyIs("namespace")) {
                head.namespace = Identity.bounded(m.text(words));
            } else if (m.keyIs("name")) {
                head.name = Identity.bounded(m.text(words));
            } else if (m.keyIs("uid")) {
                head.claimedUid = m.text(words);
            } else if (m.keyIs("apiGroup")) {
                head.group = Identity.bounded(m.text(words));
            } else if (m.keyIs("resourceVersion")) {
                head.baseVersion = m.value().text();
            } else if (m.keyIs("subresource")) {
                head.subresource = m.text(words);
            } else {
                m.skip();
            }
        }
        return m.at();
    }

    private int readAnnotations(byte[] b, int from, int to) {
        PlainWalk m = annotationsWalk.over(b, from, to);
        while (m.next()) {
            // The two that every event carries say nothing here.
            if (m.first() == '"'
                    && !m.keyIs("authorization.k8s.io/decision")
                    && !m.keyIs("authorization.k8s.io/reason")) {
                String key = words.text(b, m.keyFrom(), m.keyTo());
                head.readAnnotation(key, m.value().text());
            } else {
                m.skip();
            }
        }
        return m.at();
    }

    /** Reads who the reply is about, on the way to the reply's end. */
    int readResponse(byte[] b, int from, int to) {
        head.response = null;
        head.statusReply = false;
        forgetMetadata();
        PlainWalk m = responseWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() == '{' && m.keyIs("metadata")) {
                m.after(readMetadata(b, m.at(), to));
            } else if (m.first() == '"' && m.keyIs("kind")) {
                head.statusReply = m.text(words).equals("Status");
            } else {
                m.skip();
            }
        }
        head.response = new Slice(b, from, m.at());
        return m.at();
    }

    private void forgetMetadata() {
        head.storedName = null;
        head.storedUid = null;
        head.storedVersion = null;
    }

    private int readMetadata(byte[] b, int from, int to) {
        forgetMetadata();
        PlainWalk m = metadataWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() != '"') {
                m.skip();
            } else if (m.keyIs("name")) {
                head.storedName = m.text(words);
            } else if (m.keyIs("uid")) {
                head.storedUid = m.text(words);
            } else if (m.keyIs("resourceVersion")) {
                head.storedVersion = m.value().text();
            } else {
                m.skip();
            }
        }
        return m.at();
    }
}
