package io.patchwar.scenario;

import io.patchwar.scenario.cluster.ApiKind;
import java.util.Map;

/** An object as scenario files name it: {@code services apps/web}, {@code nodes worker-1}, {@code pods work/} for all of them. */
record Target(ApiKind kind, String namespace, String name) {

    static Target parse(String text, Map<String, ApiKind> kinds) {
        String[] words = text.trim().split("\\s+");
        ApiKind kind = kinds.get(words[0]);
        if (kind == null || words.length != 2) {
            throw new IllegalArgumentException("not \"resource namespace/name\" of a known resource: " + text);
        }
        int slash = words[1].indexOf('/');
        if (kind.namespaced() != (slash > 0)) {
            throw new IllegalArgumentException("namespace missing or too much: " + text);
        }
        return new Target(kind, slash < 0 ? "" : words[1].substring(0, slash), words[1].substring(slash + 1));
    }

    /** {@code apps/web}, or the name alone. */
    String path() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public String toString() {
        return kind.resource() + " " + path();
    }
}
