package io.patchwar.fields;

import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;
import org.jspecify.annotations.Nullable;

/**
 * What a body says of its type.
 *
 * @param apiVersion as in {@code apps/v1}; null if the body names none
 * @param kind null if the body names none
 */
record TypeMeta(@Nullable String apiVersion, @Nullable String kind) {
    static final TypeMeta NONE = new TypeMeta(null, null);

    /** Reads them where they stand: first, in whatever an API server wrote. */
    static TypeMeta of(@Nullable Slice body, Words words) {
        if (body == null || !body.isObject()) {
            return NONE;
        }
        String apiVersion = null;
        String kind = null;
        Members m = new Members(body);
        while ((apiVersion == null || kind == null) && m.next()) {
            if (kind == null && m.keyIs("kind")) {
                kind = text(m, words);
            } else if (apiVersion == null && m.keyIs("apiVersion")) {
                apiVersion = text(m, words);
            }
        }
        return new TypeMeta(apiVersion, kind);
    }

    static TypeMeta of(Slice body) {
        return new TypeMeta(Members.firstText(body, "apiVersion"), Members.firstText(body, "kind"));
    }

    private static @Nullable String text(Members m, Words words) {
        byte[] b = m.bytes();
        if (b[m.valueFrom()] == '"') {
            return words.text(b, m.valueFrom() + 1, m.valueTo() - 1);
        }
        Slice value = m.value();
        return value.isNull() ? null : value.text();
    }
}
