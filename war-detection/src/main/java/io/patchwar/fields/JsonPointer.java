package io.patchwar.fields;

import io.patchwar.model.FieldPath;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
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

    /**
     * Whether an operation of the patch behind the {@code place}th, from 0, reaches into the pointer's place, or around it: then what
     * stood there meanwhile says nothing.
     */
    static boolean isTouchedBehind(int place, Slice patch, String pointer) {
        Members m = new Members(patch);
        for (int i = 0; m.next(); i++) {
            String op = i > place ? Members.text(m.value(), "op") : "test";
            boolean touched = !"test".equals(op)
                    && (covers(pointer, Members.text(m.value(), "path"))
                            || ("move".equals(op) && covers(pointer, Members.text(m.value(), "from"))));
            if (touched) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(String one, @Nullable String other) {
        return other != null && ((other + "/").startsWith(one + "/") || (one + "/").startsWith(other + "/"));
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
