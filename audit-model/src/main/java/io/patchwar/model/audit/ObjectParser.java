package io.patchwar.model.audit;

import io.patchwar.model.json.Ascii;
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

    private final Words words;
    private final MemberWalk referenceWalk = new MemberWalk();
    private final MemberWalk replyWalk = new MemberWalk();
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

    /** Reads who the reply is about that begins at {@code from}, on the way to its end; returns the index after it. */
    int readReply(byte[] b, int from, int to, EventOutline outline) {
        outline.forgetResponse();
        MemberWalk m = replyWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() == '{' && m.keyIs(METADATA)) {
                m.after(readMetadata(b, m.at(), to, outline));
            } else if (m.first() == '"' && m.keyIs(KIND)) {
                outline.statusReply = m.text(words).equals("Status");
            } else {
                m.skip();
            }
        }
        outline.response = Stretch.of(from, m.at());
        return m.at();
    }

    private int readMetadata(byte[] b, int from, int to, EventOutline outline) {
        outline.forgetMetadata();
        MemberWalk m = metadataWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() != '"') {
                m.skip();
            } else if (m.keyIs(NAME)) {
                outline.storedName = m.textStretch();
            } else if (m.keyIs(UID)) {
                outline.storedUid = m.textStretch();
            } else if (m.keyIs(RESOURCE_VERSION)) {
                outline.storedVersion = m.textStretch();
            } else {
                m.skip();
            }
        }
        return m.at();
    }
}
