package io.patchwar.model.audit;

import io.patchwar.model.json.Ascii;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.Words;
import org.jspecify.annotations.Nullable;

/** Reads who made a request out of an event's user objects. One thread. */
final class UserParser {
    private static final Ascii USERNAME = Ascii.of("username");
    private static final Ascii EXTRA = Ascii.of("extra");
    private static final Ascii POD_NAME = Ascii.of("authentication.kubernetes.io/pod-name");

    private final Words words;
    private final KnownUsers known = new KnownUsers();
    private final MemberWalk userWalk = new MemberWalk();
    private final MemberWalk extraWalk = new MemberWalk();
    private String username = "";
    private @Nullable String pod;

    UserParser(Words words) {
        this.words = words;
    }

    /** Reads the user object that begins at {@code from}; returns the index after it. */
    int read(byte[] b, int from, int to, EventOutline outline) {
        KnownUsers.User user = known.at(b, from, to);
        int end;
        if (user != null) {
            username = user.username;
            pod = user.pod;
            end = from + user.length();
        } else {
            end = walk(b, from, to, true);
            known.remember(b, from, end, to, username, pod);
        }
        outline.account = username;
        outline.pod = outline.pod == null ? pod : outline.pod;
        return end;
    }

    /** Reads the impersonated user object that begins at {@code from}; returns the index after it. */
    int readImpersonated(byte[] b, int from, int to, EventOutline outline) {
        int end = walk(b, from, to, false);
        outline.impersonated = username.isEmpty() ? outline.impersonated : username;
        return end;
    }

    private int walk(byte[] b, int from, int to, boolean withExtra) {
        username = "";
        pod = null;
        MemberWalk m = userWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() == '"' && m.keyIs(USERNAME)) {
                username = m.text(words);
            } else if (m.first() == '{' && withExtra && m.keyIs(EXTRA)) {
                m.after(walkExtra(b, m.at(), to));
            } else {
                m.skip();
            }
        }
        return m.at();
    }

    private int walkExtra(byte[] b, int from, int to) {
        MemberWalk m = extraWalk.over(b, from, to);
        while (m.next()) {
            if (m.first() == '[' && m.keyIs(POD_NAME)) {
                int first = JsonScan.skipSpace(b, m.at() + 1, to);
                if (pod == null && first < to && b[first] == '"') {
                    String name = words.text(b, first + 1, JsonScan.endOfString(b, first, to) - 1);
                    pod = name.isEmpty() ? null : name;
                }
            }
            m.skip();
        }
        return m.at();
    }
}
