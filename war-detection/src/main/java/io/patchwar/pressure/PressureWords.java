package io.patchwar.pressure;

import io.patchwar.model.words.Decimals;
import io.patchwar.model.words.Spans;
import java.time.Duration;
import java.util.Locale;

/** Pressure as one sentence, and its figures as people read them. Stateless. */
final class PressureWords {
    private static final String[] DECIMAL = {"B", "KB", "MB", "GB", "TB"};
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};

    private PressureWords() {}

    static String of(Pressure p) {
        StringBuilder words = new StringBuilder();
        if (p.writesPerSecond() == 0) {
            words.append("Nothing is stored for it");
        } else {
            words.append(capital(rate(p.writesPerSecond(), "stored write")));
            growth(p, words);
        }
        if (p.writeShare() != null && p.writesPerSecond() > 0) {
            words.append("; ").append(percent(p.writeShare())).append(" of the cluster's writes");
        }
        if (p.noOpsPerSecond() * 60 >= 1) {
            words.append("; besides ").append(rate(p.noOpsPerSecond(), "write")).append(" without effect");
        }
        if (p.rejectedPerSecond() * 60 >= 1) {
            words.append("; ").append(rate(p.rejectedPerSecond(), "refused write"));
        }
        Double events = p.watchEventsPerSecond();
        if (events != null && events > 0) {
            Double bytes = p.watchBytesPerSecond();
            words.append("; its watchers are sent ")
                    .append(rate(events, "event"))
                    .append(bytes == null ? "" : " (" + bytes(bytes) + "/s)");
        }
        return words.toString();
    }

    private static void growth(Pressure p, StringBuilder words) {
        if (p.objectBytes() == 0) {
            words.append("; the log does not tell how large the object is");
            return;
        }
        words.append(" of ").append(bytes(p.objectBytes())).append(" each make etcd grow by ");
        words.append(bytes(p.growthPerSecond())).append("/s");
        Duration time = p.timeToQuota();
        Long quota = p.quotaBytes();
        if (quota == null) {
            words.append(", ").append(bytes(p.plateauBytes())).append(" until compaction keeps up");
        } else if (time != null) {
            words.append(
                            p.alone()
                                    ? ", and fill its quota of "
                                    : ", and with the cluster's other wars fill its quota of ")
                    .append(binary(quota))
                    .append(time.isZero() ? " any moment" : " in about " + Spans.duration(roughly(time)))
                    .append(": from then on every write in the cluster fails");
        } else {
            words.append(", ").append(bytes(p.plateauBytes())).append(" until compaction keeps up: ");
            Double share = p.quotaShare();
            words.append(share == null ? "a part" : percent(share))
                    .append(" of its quota of ")
                    .append(binary(quota))
                    .append(", which they do not fill");
        }
    }

    /** An estimate to the second would be believed to the second. */
    private static Duration roughly(Duration time) {
        long step = time.toMinutes() < 2 ? 10 : 60;
        return Duration.ofSeconds(Math.max(step, (time.toSeconds() + step / 2) / step * step));
    }

    private static String rate(double perSecond, String what) {
        if (perSecond >= 0.95) {
            return figure(perSecond, what) + " a second";
        }
        if (perSecond * 60 >= 0.95) {
            return figure(perSecond * 60, what) + " a minute";
        }
        return figure(perSecond * 3600, what) + " an hour";
    }

    private static String figure(double rate, String what) {
        String number = rate < 9.95 ? Decimals.fixed(rate, 1).replace(".0", "") : Spans.number(Math.round(rate));
        return number + " " + what + (number.equals("1") ? "" : "s");
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** {@code 34 %}; never 0 or 100 of what is not none or all. */
    static String percent(double share) {
        if (share <= 0) {
            return "0 %";
        }
        if (share < 0.01) {
            return "less than 1 %";
        }
        return (share >= 1 ? Math.round(share * 100) : Math.min(99, Math.round(share * 100))) + " %";
    }

    /** {@code 2.0 KB}: two or three figures, in powers of a thousand. */
    static String bytes(double bytes) {
        return amount(bytes, 1000, DECIMAL);
    }

    /** {@code 128 MiB}. */
    static String binary(double bytes) {
        return amount(bytes, 1024, BINARY);
    }

    private static String amount(double bytes, int step, String[] units) {
        int unit = 0;
        double rest = bytes;
        while (rest >= step * 0.9995 && unit < units.length - 1) {
            rest /= step;
            unit++;
        }
        boolean exact = unit == 0 || rest >= 99.5 || Math.abs(rest - Math.rint(rest)) < 0.005;
        return (exact ? String.valueOf(Math.round(rest)) : Decimals.fixed(rest, rest < 9.95 ? 1 : 0)) + " "
                + units[unit];
    }
}
