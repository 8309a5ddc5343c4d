package io.patchwar.fields;

import io.patchwar.model.FieldPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON patch's path (RFC 6901), as far as it can be told without the document: up to the first list index. */
final class JsonPointer {
    private JsonPointer() {}

    static List<String> steps(String pointer) {
        if (pointer.isEmpty() || pointer.charAt(0) != '/') {
            return List.of();
        }
        return List.of(pointer.substring(1).split("/", -1)).stream()
                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                .toList();
    }

    static boolean isIndex(String step) {
        return step.equals("-") || (!step.isEmpty() && step.chars().allMatch(c -> c >= '0' && c <= '9'));
    }

    /** The path that the pointer names, or that of the list it points into; null for the whole document. */
    static @Nullable FieldPath path(String pointer) {
        FieldPath path = null;
        for (String step : steps(pointer)) {
            // A map may have keys of digits only; then the path ends one step early and covers a little more.
            if (path != null && isIndex(step)) {
                return path;
            }
            path = FieldPath.member(path, step);
        }
        return path;
    }
}
