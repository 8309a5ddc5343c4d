package io.patchwar.ingest.files;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file that another was rotated into: by lumberjack ({@code audit-2026-11-23T04-23-17.422.log}), logrotate
 * ({@code audit.log.1}, {@code audit.log-20261123}) or a kubelet ({@code 0.log.20261123-041717}), packed or not.
 *
 * @param live the name before
 * @param stamp when it was rotated, empty if it is numbered
 * @param number 0 if it is stamped; else the higher the older
 */
record RotatedName(String live, String stamp, int number) {
    /** Oldest first. */
    static final Comparator<RotatedName> AGE =
            Comparator.comparing(RotatedName::stamp).thenComparing(RotatedName::number, Comparator.reverseOrder());

    private static final Pattern PACKED = Pattern.compile("\\.(gz|zst)$");
    private static final Pattern LUMBERJACK =
            Pattern.compile("(.+)-(\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}\\.\\d{3})(\\.[^.]+)?");
    private static final Pattern STAMPED = Pattern.compile("(.+?)[-.](\\d{8}(?:-\\d{2,10})?)");
    private static final Pattern NUMBERED = Pattern.compile("(.+)\\.(\\d{1,5})");

    /** What the name says; null if it is no rotated file's. */
    static @Nullable RotatedName of(String name) {
        String plain = PACKED.matcher(name).replaceFirst("");
        Matcher m = LUMBERJACK.matcher(plain);
        if (m.matches()) {
            return new RotatedName(m.group(1) + (m.group(3) == null ? "" : m.group(3)), m.group(2), 0);
        }
        m = STAMPED.matcher(plain);
        if (m.matches()) {
            return new RotatedName(m.group(1), m.group(2), 0);
        }
        m = NUMBERED.matcher(plain);
        return m.matches() ? new RotatedName(m.group(1), "", Integer.parseInt(m.group(2))) : null;
    }
}
