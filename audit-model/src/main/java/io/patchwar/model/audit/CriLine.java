package io.patchwar.model.audit;

import io.patchwar.model.json.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A line as container runtimes frame it: time stamp, stream, {@code F} for a full line or {@code P} for a part of one,
 * text (Kubernetes CRI logging format; runtimes split at 16 KiB).
 */
record CriLine(boolean partial, Slice text) {

    static @Nullable CriLine of(Slice line) {
        byte[] b = line.bytes();
        int p = line.from();
        if (line.length() < 30 || b[p] < '0' || b[p] > '9' || b[p + 4] != '-' || b[p + 10] != 'T') {
            return null;
        }
        int stream = space(b, p, line.to());
        int tag = stream < 0 ? -1 : space(b, stream + 1, line.to());
        if (tag < 0 || tag + 2 >= line.to() || b[tag + 2] != ' ') {
            return null;
        }
        String name = new Slice(b, stream + 1, tag).raw();
        byte kind = b[tag + 1];
        if (!(name.equals("stdout") || name.equals("stderr")) || (kind != 'F' && kind != 'P')) {
            return null;
        }
        return new CriLine(kind == 'P', new Slice(b, tag + 3, line.to()));
    }

    private static int space(byte[] b, int from, int to) {
        int limit = Math.min(to, from + 64);
        for (int i = from; i < limit; i++) {
            if (b[i] == ' ') {
                return i;
            }
        }
        return -1;
    }
}
