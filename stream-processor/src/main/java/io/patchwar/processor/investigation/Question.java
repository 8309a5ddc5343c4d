package io.patchwar.processor.investigation;

import io.patchwar.model.Conflict;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import io.patchwar.settings.DidYouMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.eclipse.jetty.util.Fields;

/**
 * Which wars somebody asks for: those that fit every parameter given, by any of its values. A value may be repeated, or be a
 * list with commas. Immutable.
 */
final class Question {
    /** What can be asked for. */
    enum Parameter {
        CLASS(war -> List.of(war.warClass().word()), words(WarClass.values(), WarClass::word)),
        SEVERITY(war -> List.of(war.severity().word()), words(Severity.values(), Severity::word)),
        STATE(war -> List.of(war.state().word()), words(WarState.values(), WarState::word)),
        CLUSTER(war -> List.of(war.object().cluster()), List.of()),
        NAMESPACE(war -> List.of(war.object().namespace()), List.of()),
        RESOURCE(war -> resources(war.object()), List.of());

        private final Function<War, List<String>> of;
        private final List<String> known;

        Parameter(Function<War, List<String>> of, List<String> known) {
            this.of = of;
            this.known = known;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        private static <T> List<String> words(T[] values, Function<T, String> word) {
            return Arrays.stream(values).map(word).toList();
        }

        private static List<String> resources(ObjectRef o) {
            return o.group().isEmpty() ? List.of(o.resource()) : List.of(o.resource(), o.resource() + "." + o.group());
        }
    }

    static final List<String> PARAMETERS =
            Arrays.stream(Parameter.values()).map(Parameter::word).toList();

    private final Map<Parameter, List<String>> wanted;

    private Question(Map<Parameter, List<String>> wanted) {
        this.wanted = new EnumMap<>(Parameter.class);
        this.wanted.putAll(wanted);
    }

    /**
     * What the query asks.
     *
     * @throws BadQuestion if a parameter or a value is not known
     */
    static Question of(Fields query) throws BadQuestion {
        Map<Parameter, List<String>> wanted = new EnumMap<>(Parameter.class);
        for (Fields.Field field : query) {
            Parameter parameter = parameter(field.getName());
            List<String> values = new ArrayList<>();
            for (String value : field.getValues()) {
                values.addAll(Arrays.asList(value.split(",", -1)));
            }
            if (!parameter.known.isEmpty()) {
                for (String value : values) {
                    if (!parameter.known.contains(value)) {
                        throw new BadQuestion(
                                "no " + parameter.word() + " \"" + value + "\""
                                        + DidYouMean.among(parameter.known, value),
                                parameter.known);
                    }
                }
            }
            wanted.merge(parameter, values, (a, b) -> {
                List<String> both = new ArrayList<>(a);
                both.addAll(b);
                return both;
            });
        }
        return new Question(wanted);
    }

    private static Parameter parameter(String name) throws BadQuestion {
        int at = PARAMETERS.indexOf(name);
        if (at < 0) {
            throw new BadQuestion(
                    "unknown parameter \"" + name + "\"" + DidYouMean.among(PARAMETERS, name), PARAMETERS);
        }
        return Parameter.values()[at];
    }

    boolean wants(War war) {
        return wanted.entrySet().stream()
                .allMatch(e -> e.getKey().of.apply(war).stream().anyMatch(e.getValue()::contains));
    }

    /** As far as the question is about a cluster or resource; one about wars is answered by the conflict's wars. */
    boolean wants(Conflict conflict, Map<String, War> wars) {
        return conflict.wars().stream().map(wars::get).anyMatch(war -> war != null && wants(war));
    }

    boolean wantsCluster(String name) {
        List<String> names = wanted.get(Parameter.CLUSTER);
        return names == null || names.contains(name);
    }

    /** The same question, the same text. */
    @Override
    public String toString() {
        return wanted.toString();
    }
}
