package io.patchwar.standalone.runbooks;

import io.patchwar.model.WarClass;
import io.patchwar.remedies.Remedies;
import io.patchwar.remedies.Remedies.Chapter;
import io.patchwar.remedies.Remedy;
import io.patchwar.remedies.Remedy.Option;
import io.patchwar.standalone.explain.Lesson;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The runbooks that are made from the catalogue of remedies and the lessons on the classes: pages by their file names.
 * {@code service.md} is written by hand, and only linked to.
 */
final class RunbookPages {
    private static final String MADE = "<!-- Made by `make runbooks` from the catalogue in"
            + " war-detection/src/main/resources/io/patchwar/remedies. Do not edit. -->\n\n";
    private static final Map<String, String> CHAPTERS = Map.of(
            "services", "Services and load balancers",
            "gateways", "Ingresses, Gateways and routes",
            "scaling", "Replicas and autoscaling",
            "webhooks", "Webhook configurations, CRDs, API services",
            "secrets", "Secrets, service accounts, provided configuration",
            "workloads", "Workloads and their templates",
            "nodes", "Nodes and endpoints",
            "metadata", "Labels, annotations, ownership, objects that come and go",
            "loops", "One program against itself, or against a refusal",
            "classes", "Any war of a class");

    private RunbookPages() {}

    /** Every page. */
    static Map<String, String> all() {
        Map<String, String> pages = new TreeMap<>();
        pages.put("README.md", index());
        pages.put(Remedy.PAGE, remedies());
        for (WarClass warClass : WarClass.values()) {
            pages.put(warClass.word() + ".md", page(warClass));
        }
        return pages;
    }

    private static String index() {
        StringBuilder out = new StringBuilder("# Runbooks\n\n").append(MADE);
        out.append(
                "An alert of Patchwar links to the page of its war's class. The same remedy, filled in with the war's own names,"
                        + " stands in the alert,\nin the API, and in what `patchwar scan` prints.\n\n");
        out.append("| page | when |\n| --- | --- |\n");
        for (WarClass warClass : WarClass.values()) {
            String kind = warClass.isWar() ? "a war" : "a finding";
            out.append("| [")
                    .append(warClass.word())
                    .append("](")
                    .append(warClass.word())
                    .append(".md) | ");
            out.append(kind).append(": ").append(title(warClass)).append(" |\n");
        }
        out.append("| [service.md](service.md) | Patchwar itself is not well |\n");
        out.append("| [When etcd is full](../pressure.md#when-etcd-is-full) | every write in the cluster fails |\n");
        out.append("\n## All remedies\n\n");
        for (Chapter chapter : Remedies.all()) {
            out.append("**").append(CHAPTERS.get(chapter.name())).append("**\n\n");
            for (Remedy remedy : chapter.remedies()) {
                out.append("- [")
                        .append(remedy.title())
                        .append("](")
                        .append(remedy.runbook())
                        .append(")\n");
            }
            out.append('\n');
        }
        return out.toString().stripTrailing() + "\n";
    }

    private static String title(WarClass warClass) {
        String first = Lesson.of(warClass).render(1_000).lines().findFirst().orElse("");
        return first.substring(first.indexOf(':') + 1).strip();
    }

    private static String page(WarClass warClass) {
        Remedy general = Remedies.forClass(warClass);
        StringBuilder out =
                new StringBuilder("# ").append(warClass.word()).append("\n\n").append(MADE);
        out.append("<a id=\"").append(warClass.word()).append("\"></a>\n\n");
        out.append("```\n").append(Lesson.explained(warClass).render(120)).append("```\n\n");
        out.append("## What to do\n\n").append(general.cause()).append("\n\n");
        options(general, out);
        List<Remedy> special = Remedies.specialFor(warClass);
        if (!special.isEmpty()) {
            out.append("## Known cases\n\n");
            for (Remedy remedy : special) {
                out.append("- [")
                        .append(remedy.title())
                        .append("](")
                        .append(remedy.runbook())
                        .append(")\n");
            }
            out.append('\n');
        }
        out.append(
                "If writes fail with `database space exceeded`: [when etcd is full](../pressure.md#when-etcd-is-full).\n");
        return out.toString();
    }

    private static String remedies() {
        StringBuilder out = new StringBuilder("# Remedies\n\n").append(MADE);
        out.append(
                "Of those that fit a war the first is shown, special ones before general ones. Words in capitals are yours to fill"
                        + " in; where\nPatchwar shows a remedy for a war, it has put the war's names there.\n\n");
        for (Chapter chapter : Remedies.all()) {
            out.append("## ").append(CHAPTERS.get(chapter.name())).append("\n\n");
            for (Remedy remedy : chapter.remedies()) {
                out.append("<a id=\"").append(remedy.id()).append("\"></a>\n\n### ");
                out.append(remedy.title()).append("\n\n");
                out.append("For: ").append(Remedies.warsOf(remedy.id())).append(".\n\n");
                out.append(remedy.cause()).append("\n\n");
                options(remedy, out);
                out.append("Seen in ");
                out.append(String.join(
                        ", ", remedy.sources().stream().map(RunbookPages::link).toList()));
                out.append(".\n\n");
            }
        }
        return out.toString().stripTrailing() + "\n";
    }

    private static void options(Remedy remedy, StringBuilder out) {
        int number = 1;
        for (Option option : remedy.options()) {
            out.append("**")
                    .append(number++)
                    .append(". ")
                    .append(option.title())
                    .append("**\n\n");
            if (!option.commands().isEmpty()) {
                out.append("```sh\n")
                        .append(String.join("\n", option.commands()))
                        .append("\n```\n\n");
            }
            if (!option.manifest().isEmpty()) {
                out.append("```yaml\n")
                        .append(option.manifest().stripTrailing())
                        .append("\n```\n\n");
            }
            out.append("- Effect: ").append(option.effect()).append('\n');
            out.append("- Undo: ").append(option.undo()).append('\n');
            out.append("- To agree: ").append(option.agree()).append("\n\n");
        }
    }

    private static String link(String source) {
        int hash = source.indexOf('#');
        if (source.startsWith("https://") || hash < 0) {
            return "<" + source + ">";
        }
        String address = "https://github.com/" + source.substring(0, hash) + "/issues/" + source.substring(hash + 1);
        return "[" + source + "](" + address + ")";
    }
}
