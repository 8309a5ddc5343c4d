package io.patchwar.standalone.report;

import static io.patchwar.standalone.report.Headline.plural;
import static io.patchwar.standalone.report.Headline.share;

import io.patchwar.model.words.SafeText;
import io.patchwar.model.words.Spans;
import io.patchwar.watch.ClusterSight;
import io.patchwar.watch.ResourceSight;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What a scan could see, and what it could not, each with what to do about it. Safe text. */
final class SightWords {
    private static final int MOST_NAMES = 4;

    private SightWords() {}

    /** {@code Read 2,034 records: 1,734 accepted + 300 skipped + 0 rejected.} */
    static String read(InputAccount input) {
        return "Read " + plural(input.read(), "record", "records") + ": " + Spans.number(input.accepted())
                + " accepted + " + Spans.number(input.allSkipped()) + " skipped + " + Spans.number(input.allRejected())
                + " rejected.";
    }

    static String skipped(InputAccount input) {
        return input.skipped().entrySet().stream()
                .map(e -> Spans.number(e.getValue()) + " " + e.getKey().word())
                .collect(Collectors.joining(", "));
    }

    static List<String> rejected(InputAccount input) {
        return input.rejected().entrySet().stream()
                .map(e -> Spans.number(e.getValue()) + " " + e.getKey().word() + " ("
                        + e.getKey().explanation() + ")")
                .toList();
    }

    static String envelopes(InputAccount input) {
        return input.envelopes().entrySet().stream()
                .map(e -> Spans.number(e.getValue()) + " " + e.getKey().word())
                .collect(Collectors.joining(", "));
    }

    /** One line for each cluster: from when to when, how many writes, how many with bodies. */
    static List<String> clusters(ScanReport report) {
        List<String> lines = new ArrayList<>();
        report.clusters().forEach((name, sight) -> {
            Map<String, ResourceSight> resources = report.seen().getOrDefault(name, Map.of());
            long writes = sum(resources, ResourceSight::writes);
            lines.add("cluster " + SafeText.name(name) + span(sight) + ": " + plural(writes, "write", "writes") + " of "
                    + plural(resources.size(), "resource", "resources") + ", "
                    + share(sum(resources, ResourceSight::withBodies), writes) + " with a body, "
                    + share(sum(resources, ResourceSight::withReplies), writes) + " with the stored object");
        });
        return lines;
    }

    private static String span(ClusterSight sight) {
        Instant first = sight.first();
        Instant last = sight.last();
        return first == null || last == null ? "" : ", " + Spans.day(first) + " to " + Spans.near(last, first) + " UTC";
    }

    /** What was not seen, or not surely, and what to do about it. */
    static List<String> gaps(ScanReport report) {
        List<String> gaps = new ArrayList<>();
        Map<String, ResourceSight> all = new TreeMap<>();
        report.seen()
                .forEach((cluster, resources) -> resources.forEach(
                        (name, sight) -> all.put(report.seen().size() > 1 ? cluster + ": " + name : name, sight)));
        long writes = sum(all, ResourceSight::writes);
        long replies = sum(all, ResourceSight::withReplies);
        note(
                gaps,
                all,
                r -> r.writes() - r.withBodies(),
                n -> plural(n, "write", "writes") + " (" + share(n, writes) + ") came without a body",
                "give these resources level: RequestResponse in the audit policy");
        if (replies * 2 < writes && sum(all, ResourceSight::withBodies) * 2 >= writes) {
            gaps.add(
                    "most writes show what was asked for and not what was stored: what is said here is inferred; level:"
                            + " RequestResponse would confirm it");
        }
        note(
                gaps,
                all,
                ResourceSight::truncated,
                n -> plural(n, "body was", "bodies were") + " cut off by the API server",
                "raise --audit-log-truncate-max-event-size or --audit-webhook-truncate-max-event-size");
        note(
                gaps,
                all,
                ResourceSight::gaps,
                n -> plural(n, "update was", "updates were") + " made over a version that is not" + " in the log",
                "give the logs of all API servers, and look for a policy rule that hides a writer");
        note(
                gaps,
                all,
                ResourceSight::unknown,
                n -> plural(n, "write has", "writes have") + " an unknown outcome (server error" + " or timeout)",
                "what follows them is judged anew");
        note(
                gaps,
                all,
                ResourceSight::late,
                n -> plural(n, "write", "writes") + " came too late to be judged",
                "raise order.grace or order.heldEvents in the configuration");
        note(
                gaps,
                all,
                ResourceSight::restored,
                n -> plural(n, "object's versions", "objects' versions") + " fell back, as" + " after a restored etcd",
                "their histories begin anew there");
        note(
                gaps,
                all,
                ResourceSight::unlistedCollections,
                n -> plural(n, "collection was", "collections were") + " deleted"
                        + " without a list of what was in them",
                "level: RequestResponse for deletecollection would tell");
        note(
                gaps,
                all,
                ResourceSight::duplicates,
                n -> plural(n, "write was", "writes were") + " in the input twice",
                "counted once");
        report.clusters().forEach((name, sight) -> bounds(gaps, sight));
        return gaps;
    }

    private static void bounds(List<String> gaps, ClusterSight sight) {
        if (sight.evicted() > 0) {
            gaps.add(plural(sight.evicted(), "object was", "objects were")
                    + " forgotten for want of room, and wars of theirs may"
                    + " have been missed: raise memory.objects and memory.bytes (and the heap, PATCHWAR_HEAP)");
        }
        if (sight.judgedEarly() > 0) {
            gaps.add(plural(sight.judgedEarly(), "write was", "writes were")
                    + " judged before those that may belong before them:" + " raise memory.heldBytes");
        }
        if (sight.forgotten() > 0) {
            gaps.add(plural(sight.forgotten(), "field history was", "field histories were") + " forgotten: raise"
                    + " rules.fieldsPerObject");
        }
    }

    /** Whose count it is: {@code said} makes the words of a number. */
    private interface Words {
        String of(long count);
    }

    private static void note(
            List<String> gaps,
            Map<String, ResourceSight> all,
            ToLongFunction<ResourceSight> count,
            Words said,
            String advice) {
        long total = sum(all, count);
        if (total == 0) {
            return;
        }
        List<String> names = all.entrySet().stream()
                .filter(e -> count.applyAsLong(e.getValue()) > 0)
                .sorted(Comparator.comparingLong(e -> -count.applyAsLong(e.getValue())))
                .map(e -> SafeText.of(e.getKey(), 80))
                .toList();
        String where = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)))
                + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more resources" : "");
        gaps.add(said.of(total) + " (" + where + "): " + advice);
    }

    private static long sum(Map<String, ResourceSight> resources, ToLongFunction<ResourceSight> count) {
        return resources.values().stream().mapToLong(count).sum();
    }
}
