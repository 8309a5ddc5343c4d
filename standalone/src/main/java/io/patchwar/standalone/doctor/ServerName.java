package io.patchwar.standalone.doctor;

import java.util.regex.Pattern;

/** Which API server a log is of: the files that one was rotated into are one server's. Stateless. */
final class ServerName {
    /** lumberjack's stamp, logrotate's number or date, and how the rest was packed. */
    private static final Pattern PACKED = Pattern.compile("\\.(gz|zst)$");

    private static final Pattern ROTATED = Pattern.compile(
            "-\\d{4}-\\d{2}-\\d{2}T\\d{2}-\\d{2}-\\d{2}\\.\\d{3}(?=\\.[a-z]+$|$)|(?<=[a-z])\\.\\d{1,4}$|-\\d{8}(-\\d{2,6})?$");

    private ServerName() {}

    static String of(String source) {
        String name = PACKED.matcher(source).replaceFirst("");
        return ROTATED.matcher(name).replaceFirst("");
    }
}
