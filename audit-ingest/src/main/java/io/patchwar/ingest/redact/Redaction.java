package io.patchwar.ingest.redact;

import io.patchwar.model.Glob;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is replaced by digests, in which resources. Values of Secrets always are; those of ConfigMaps and any other field by
 * configuration. Immutable.
 */
public final class Redaction {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    /** Annotations in which other tools keep the whole object, in forms of their own. */
    private static final List<String> OTHERS_APPLIED = List.of(
            "objectset.rio.cattle.io/applied",
            "kapp.k14s.io/original*",
            "banzaicloud.com/last-applied",
            "*/last-applied*",
            "*/last-applied-configuration");

    /** What a Secret's body may hold beside its values; whatever else a client put there is replaced, too. */
    private static final Set<String> KNOWN_IN_SECRETS = Set.of(
            "apiVersion",
            "kind",
            "@type",
            "metadata",
            "type",
            "immutable",
            "data",
            "stringData",
            "binaryData",
            "preconditions",
            "propagationPolicy",
            "gracePeriodSeconds",
            "orphanDependents",
            "dryRun");

    private final RedactionKey key;
    private final boolean configMaps;
    private final List<Rule> rules;

    /** Fields of resources ({@code deployments.apps}, {@code *.example.com}) that an operator wants replaced. */
    record Rule(String resources, List<FieldPattern> fields) {}

    /**
     * What is replaced in one kind of object.
     *
     * @param known the only members at the root that are not replaced, null if there is no such limit
     */
    record Veil(List<FieldPattern.State> start, @Nullable Set<String> known) {}

    private Redaction(RedactionKey key, boolean configMaps, List<Rule> rules) {
        this.key = key;
        this.configMaps = configMaps;
        this.rules = List.copyOf(rules);
    }

    /** Only Secrets. */
    public static Redaction under(RedactionKey key) {
        return new Redaction(key, false, List.of());
    }

    /** The values of ConfigMaps, too. */
    public Redaction withConfigMaps() {
        return new Redaction(key, true, rules);
    }

    /**
     * Some fields of some resources, too.
     *
     * @param resources a pattern such as {@code deployments.apps}, {@code *.example.com}, {@code *}
     * @param fields see {@link FieldPattern}
     * @throws IllegalArgumentException with what is wrong with a field, for people
     */
    public Redaction with(String resources, List<String> fields) {
        List<Rule> more = new ArrayList<>(rules);
        more.add(new Rule(resources, fields.stream().map(FieldPattern::parse).toList()));
        return new Redaction(key, configMaps, more);
    }

    /** Tools for one thread. */
    public Redactor redactor() {
        return new Redactor(this);
    }

    RedactionKey key() {
        return key;
    }

    /** What is replaced in such objects; null if nothing is. */
    @Nullable
    Veil veil(String group, String resource) {
        String name = group.isEmpty() ? resource : resource + "." + group;
        boolean secret = name.equals("secrets");
        List<FieldPattern> patterns = new ArrayList<>();
        if (secret) {
            patterns.add(new FieldPattern(List.of("data"), Treatment.BASE64_MAP));
            patterns.add(new FieldPattern(List.of("stringData"), Treatment.TEXT_MAP));
            patterns.add(new FieldPattern(List.of("binaryData"), Treatment.BASE64_MAP));
        }
        if (configMaps && name.equals("configmaps")) {
            patterns.add(new FieldPattern(List.of("data"), Treatment.TEXT_MAP));
            patterns.add(new FieldPattern(List.of("binaryData"), Treatment.BASE64_MAP));
        }
        for (Rule rule : rules) {
            if (Glob.matches(rule.resources(), name)) {
                patterns.addAll(rule.fields());
            }
        }
        if (patterns.isEmpty()) {
            return null;
        }
        patterns.add(new FieldPattern(List.of("metadata", "annotations", LAST_APPLIED), Treatment.APPLIED));
        for (String other : OTHERS_APPLIED) {
            patterns.add(new FieldPattern(List.of("metadata", "annotations", other), Treatment.WHOLE));
        }
        return new Veil(patterns.stream().map(FieldPattern::start).toList(), secret ? KNOWN_IN_SECRETS : null);
    }
}
