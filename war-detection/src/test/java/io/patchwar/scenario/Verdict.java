package io.patchwar.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine has to say of a log: exactly these wars and findings, and beyond them only findings that it may name.
 */
public record Verdict(List<Expected> wars, List<Expected> findings, List<Expected> may) {

    static final Verdict SILENT = new Verdict(List.of(), List.of(), List.of());

    /**
     * One war or finding.
     *
     * @param field one of the fields it has to name; null where none is asked for
     * @param confidence null where none is asked for
     * @param state null where none is asked for
     */
    public record Expected(
            String warClass,
            Target on,
            @Nullable String field,
            List<String> accounts,
            @Nullable String confidence,
            @Nullable String state) {

        public Expected {
            accounts = accounts.stream().distinct().sorted().toList();
        }

        Subject key() {
            return new Subject(warClass, on.kind().resource(), on.namespace(), on.name(), accounts);
        }

        Expected with(String otherConfidence) {
            return new Expected(warClass, on, field, accounts, otherConfidence, state);
        }

        Expected suspected() {
            return new Expected("suspected", on, null, accounts, null, null);
        }
    }

    /** By what a war is told from another, as in {@code judge.py} of the recordings. */
    public record Subject(String warClass, String resource, String namespace, String name, List<String> accounts) {
        @Override
        public String toString() {
            return warClass + " on " + resource + " " + (namespace.isEmpty() ? "" : namespace + "/") + name + " of "
                    + accounts;
        }
    }

    public Verdict {
        wars = List.copyOf(wars);
        findings = List.copyOf(findings);
        may = List.copyOf(may);
    }

    Verdict inferred() {
        return new Verdict(wars.stream().map(war -> war.with("inferred")).toList(), findings, may);
    }

    Verdict suspected() {
        return new Verdict(
                List.of(), wars.stream().map(Expected::suspected).distinct().toList(), may);
    }
}
