package io.patchwar.processor.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Values of a label that others decide, as clusters' names: the first so many by name, all further ones as one. Thread-safe. */
final class BoundedLabels {
    static final String OTHERS = "(others)";

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final int most;

    BoundedLabels(int most) {
        this.most = most;
    }

    /** The value as a label: itself, or that it is one of the others. */
    String of(String value) {
        if (known.contains(value)) {
            return value;
        }
        synchronized (known) {
            return (known.size() < most && known.add(value)) || known.contains(value) ? value : OTHERS;
        }
    }
}
