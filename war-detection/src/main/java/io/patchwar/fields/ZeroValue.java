package io.patchwar.fields;

import io.patchwar.model.FieldPath;
import io.patchwar.model.json.Slice;
import java.util.List;
import java.util.Set;

/**
 * Values that Go leaves out: a field of a built-in type that is false, 0 or empty is mostly stored by not being there. Charts are
 * full of them, and in patches they stand as the client sent them. Stateless.
 */
final class ZeroValue {
    /** All of them. */
    static final List<Slice> ALL = List.of(Slice.of("false"), Slice.of("0"), Slice.of("\"\""));

    /** Maps from names to texts, which keep what is empty. */
    private static final Set<String> MAPS = Set.of(
            "labels", "annotations", "matchLabels", "nodeSelector", "selector", "data", "stringData", "binaryData");

    /** Fields for which the API server chooses a value where they are 0. */
    private static final Set<String> CHOSEN_FOR_ZERO = Set.of(
            "nodePort",
            "healthCheckNodePort",
            "timeoutSeconds",
            "periodSeconds",
            "successThreshold",
            "failureThreshold");

    /** Fields for which it chooses one where they are empty, of those that clients are known to send so. */
    private static final Set<String> CHOSEN_FOR_EMPTY = Set.of(
            "apiVersion",
            "clusterIP",
            "concurrencyPolicy",
            "dnsPolicy",
            "externalTrafficPolicy",
            "failurePolicy",
            "imagePullPolicy",
            "listKind",
            "matchPolicy",
            "podManagementPolicy",
            "protocol",
            "restartPolicy",
            "schedulerName",
            "scheme",
            "sessionAffinity",
            "terminationMessagePath",
            "terminationMessagePolicy",
            "type",
            "volumeMode");

    private ZeroValue() {}

    /** Whether a scalar is false, 0 or an empty text. */
    static boolean is(Slice scalar) {
        byte[] b = scalar.bytes();
        return switch (scalar.length()) {
            case 1 -> b[scalar.from()] == '0';
            case 5 -> b[scalar.from()] == 'f';
            default -> isEmpty(scalar);
        };
    }

    static boolean isEmpty(Slice scalar) {
        return scalar.length() == 2 && scalar.bytes()[scalar.from()] == '"';
    }

    /** Whether the API server takes this for the wish that it choose a value. */
    static boolean isChosenFor(FieldPath path, Slice zero) {
        return (isEmpty(zero) ? CHOSEN_FOR_EMPTY : CHOSEN_FOR_ZERO).contains(path.name());
    }

    /** Whether the API server chooses a value where that of a member of this name is taken away. */
    static boolean isChosen(String name) {
        return CHOSEN_FOR_ZERO.contains(name) || CHOSEN_FOR_EMPTY.contains(name);
    }

    /** Whether the path is an entry of a map, which is there or not, and may be empty. */
    static boolean isEntry(FieldPath path) {
        FieldPath map = path.parent();
        return map != null && !path.isItem() && MAPS.contains(map.name());
    }
}
