package io.patchwar.model.audit;

import io.patchwar.model.json.Ascii;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Words;

/** Reads which object a request was about, out of an event's reference to it and out of the reply. One thread. */
final class ObjectParser {
    private static final Ascii RESOURCE = Ascii.of("resource");
    private static final Ascii NAMESPACE = Ascii.of("namespace");
    private static final Ascii NAME = Ascii.of("name");
    private static final Ascii UID = Ascii.of("uid");
    private static final Ascii API_GROUP = Ascii.of("apiGroup");
    private static final Ascii RESOURCE_VERSION = Ascii.of("resourceVersion");
    private static final Ascii SUBRESOURCE = Ascii.of("subresource");
    private static final Ascii METADATA = Ascii.of("metadata");
    private static final Ascii KIND = Ascii.of("kind");

    private static final int NOT_READ = -1;

    private final Words words;
    private final MemberWalk referenceWalk = new MemberWalk();
    private final MemberWalk bodyWalk = new MemberWalk();
    private final MemberWalk metadataWalk = new MemberWalk();

    ObjectParser(Words words) {
        this.words = words;
    }

    /** Reads the reference that begins at {@code from}; returns the index after it. */
    int readReference(byte[] b, int from, int to, EventOutline outline) {
        outline.objectSeen = true;
        MemberWalk m = referenceWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() != '"') {
                m.skip();
            } else if (m.keyIs(RESOURCE)) {
                outline.resource = m.textStretch();
            } else if (m.keyIs(NAMESPACE)) {
                outline.namespace = m.textStretch();
            } else if (m.keyIs(NAME)) {
                outline.name = m.textStretch();
            } else if (m.keyIs(UID)) {
                outline.claimedUid = m.textStretch();
            } else if (m.keyIs(API_GROUP)) {
                outline.group = m.textStretch();
            } else if (m.keyIs(RESOURCE_VERSION)) {
                outline.baseVersion = m.textStretch();
            } else if (m.keyIs(SUBRESOURCE)) {
                outline.subresource = m.text(words);
            } else {
                m.skip();
            }
        }
        return m.at();
    }

    /**
     * Reads the request that begins at {@code from}, and of an object where its members stand and which one it is: so much need not be
     * read again in a reply that is like it. Returns the index after it.
     */
    int readRequest(byte[] b, int from, int to, EventOutline outline) {
        outline.asked.forget();
        int end = b[from] == '{' ? endOfObject(b, from, to, outline.asked) : NOT_READ;
        if (end == NOT_READ) {
            outline.asked.forget();
            end = JsonScan.endOf(b, from, to);
        }
        outline.request = Stretch.of(from, end);
        return end;
    }

    private int endOfObject(byte[] b, int from, int to, BodyOutline asked) {
        try {
            return readBody(b, from, to, asked);
        } catch (MalformedJsonException e) {
            // Broken within its brackets: of a request they alone are counted.
            return NOT_READ;
        }
    }

    /** Reads who the reply is about that begins at {@code from}, on the way to its end; returns the index after it. */
    int readReply(byte[] b, int from, int to, EventOutline outline) {
        long asked = outline.asked.body;
        if (asked != Stretch.NONE && Twin.isAt(b, Stretch.from(asked), Stretch.to(asked), from, to)) {
            outline.stored.follow(outline.asked, from - Stretch.from(asked));
            return Stretch.to(outline.stored.body);
        }
        return readBody(b, from, to, outline.stored);
    }

    private int readBody(byte[] b, int from, int to, BodyOutline outline) {
        outline.forget();
        MemberWalk m = bodyWalk.over(b, from, to);
        while (m.next()) {
            int value = m.at();
            byte first = m.first();
            if (first == '{' && m.keyIs(METADATA)) {
                m.after(readMetadata(b, value, to, outline));
            } else if (first == '"' && m.keyIs(KIND)) {
                outline.kind = m.textStretch();
            } else {
                m.skip();
            }
            if (first == '{' || first == '[') {
                outline.bound(value - from, m.at() - from);
            }
        }
        outline.body = Stretch.of(from, m.at());
        return m.at();
    }

    private int readMetadata(byte[] b, int from, int to, BodyOutline outline) {
        outline.forgetMetadata();
        MemberWalk m = metadataWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() != '"') {
                m.skip();
            } else if (m.keyIs(NAME)) {
                outline.name = m.textStretch();
            } else if (m.keyIs(UID)) {
                outline.uid = m.textStretch();
            } else if (m.keyIs(RESOURCE_VERSION)) {
                outline.version = m.textStretch();
            } else {
                m.skip();
            }
        }
        return m.at();
    }
}
