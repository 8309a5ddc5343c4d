package io.patchwar.model.words;

import io.patchwar.model.Actor;
import io.patchwar.model.Conflict;
import io.patchwar.model.Contender;
import io.patchwar.model.FieldPath;
import io.patchwar.model.Rejection;
import io.patchwar.model.War;
import io.patchwar.model.WarState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The verdict in one sentence, the same in every report: who fights whom over what of which object, how fast, since when,
 * and what each wants. One line of safe text, without a full stop. Stateless.
 */
public final class Sentence {
    private static final int LONGEST_VALUE = 60;
    private static final int LONGEST_MESSAGE = 160;
    private static final int LONGEST_FIELD = 160;
    private static final int MOST_VALUES = 4;
    private static final int MOST_NAMES = 4;

    private Sentence() {}

    /** What a war or finding comes to. */
    public static String of(War war) {
        boolean over = war.state() == WarState.ENDED;
        return claim(war, over) + ": " + measure(war, over) + values(war);
    }

    /** What wars of one cause come to. */
    public static String of(Conflict conflict) {
        int wars = conflict.wars().size();
        return together(names(conflict.contenders())) + " fight " + wars + " wars over " + fields(conflict.fields())
                + " of "
                + SafeText.name(conflict.resource()) + ": "
                + Counted.in(conflict.warClass()).of(conflict.reversals()) + " in all";
    }

    private static String claim(War war, boolean over) {
        String object = Names.object(war.object());
        String fields = fields(war.fields());
        List<String> names = names(war.contenders());
        String all = together(names);
        boolean several = names.size() > 1;
        String keep = over ? " kept " : several ? " keep " : " keeps ";
        return switch (war.warClass()) {
            case TUG_OF_WAR -> all + (over ? " fought over " : " are fighting over ") + fields + " of " + object;
            case RECREATE -> recreation(war, object, keep);
            case ADMISSION -> admission(war, fields, object, over);
            case ORDER -> all + keep + "putting " + fields + " of " + object + " into another order";
            case SPLIT_BRAIN -> splitBrain(war, over) + fields + " of " + object;
            case CONTENTION -> all + keep + "overwriting each other's ever new values of " + fields + " of " + object;
            case FLIP_FLOP -> all + keep + "changing " + fields + " of " + object + " to and fro";
            case HOT_LOOP -> all + keep + "writing " + object + " without a pause";
            case REJECTED -> all + keep + "trying to write " + object + ", and " + (over ? "was" : "is") + " refused";
            case SUSPECTED -> all + keep + "writing " + object + " in turns";
        };
    }

    private static String recreation(War war, String object, String keep) {
        List<Contender> makers = new ArrayList<>();
        List<Contender> removers = new ArrayList<>();
        for (Contender contender : war.contenders()) {
            List<String> wants = contender.values().getOrDefault(FieldPath.OBJECT, List.of());
            boolean makes = wants.stream().anyMatch(v -> !v.equals(ShownValue.ABSENT));
            (makes ? makers : removers).add(contender);
        }
        boolean told = !makers.isEmpty() && !removers.isEmpty();
        if (!told) {
            return together(names(war.contenders())) + keep + "deleting and re-creating " + object;
        }
        String verb = keep.strip().equals("kept") ? "kept " : makers.size() > 1 ? "keep " : "keeps ";
        String other = keep.strip().equals("kept") ? "kept " : removers.size() > 1 ? "keep " : "keeps ";
        return together(names(makers)) + " " + verb + "re-creating " + object + ", which " + together(names(removers))
                + " " + other + "deleting";
    }

    private static String admission(War war, String fields, String object, boolean over) {
        List<Contender> askers = new ArrayList<>();
        String by = "";
        for (Contender contender : war.contenders()) {
            if (contender.account().equals(Actor.ADMISSION)) {
                boolean named = !contender.program().equals(Actor.UNKNOWN_PROGRAM);
                by = named ? " (" + Names.program(contender) + ")" : " (a webhook or policy that left no name)";
            } else {
                askers.add(contender);
            }
        }
        String keeps = over ? " kept " : askers.size() > 1 ? " keep " : " keeps ";
        return together(names(askers)) + keeps + "setting " + fields + " of " + object + ", and admission" + by
                + (over ? " kept" : " keeps") + " changing it";
    }

    private static String splitBrain(War war, boolean over) {
        Contender one = war.contenders().get(0);
        List<String> pods = war.contenders().stream()
                .map(c -> c.instances().isEmpty()
                        ? "unnamed"
                        : SafeText.of(c.instances().get(0), 80))
                .toList();
        return war.contenders().size() + " instances of " + Names.contender(one) + " (" + together(pods) + ")"
                + (over ? " fought over " : " are fighting over ");
    }

    private static String measure(War war, boolean over) {
        Counted counted = Counted.in(war.warClass());
        Duration span = Duration.between(war.startedAt(), war.lastChangeAt());
        String rate = Spans.rate(war.reversals(), counted.one(), counted.many(), span);
        String started = Spans.near(war.startedAt(), war.lastChangeAt());
        return over ? rate + " from " + started + " to " + Spans.clock(war.lastChangeAt()) : rate + " since " + started;
    }

    private static String values(War war) {
        return switch (war.warClass()) {
            case TUG_OF_WAR, SPLIT_BRAIN, FLIP_FLOP -> sides(war, " ↔ ");
            case ADMISSION -> asked(war);
            case REJECTED -> refusal(war);
            case SUSPECTED -> "; the log has no bodies, so nobody can tell whether they undo each other";
            case RECREATE, ORDER, CONTENTION, HOT_LOOP -> "";
        };
    }

    /** What each contender wrote last; of one alone, what it goes to and fro between. */
    private static String sides(War war, String between) {
        if (war.fields().isEmpty()) {
            return "";
        }
        String field = leastField(war);
        Set<String> wanted = new LinkedHashSet<>();
        for (Contender contender : war.contenders()) {
            List<String> values = contender.values().getOrDefault(field, List.of());
            if (war.contenders().size() == 1) {
                wanted.addAll(values);
            } else if (!values.isEmpty()) {
                wanted.add(values.get(values.size() - 1));
            }
        }
        if (wanted.size() < 2) {
            return "";
        }
        List<String> shown = ShownValue.apart(List.copyOf(wanted), LONGEST_VALUE);
        String more = shown.size() > MOST_VALUES ? between + "…" : "";
        return ", " + String.join(between, shown.subList(0, Math.min(shown.size(), MOST_VALUES))) + more;
    }

    private static String asked(War war) {
        String field = leastField(war);
        String asked = "";
        String stored = "";
        for (Contender contender : war.contenders()) {
            List<String> values = contender.values().getOrDefault(field, List.of());
            if (!values.isEmpty()) {
                String last = values.get(values.size() - 1);
                if (contender.account().equals(Actor.ADMISSION)) {
                    stored = last;
                } else {
                    asked = last;
                }
            }
        }
        if (asked.isEmpty() || stored.isEmpty()) {
            return "";
        }
        List<String> shown = ShownValue.apart(List.of(asked, stored), LONGEST_VALUE);
        return ", asked for " + shown.get(0) + ", stored " + shown.get(1);
    }

    private static String refusal(War war) {
        Rejection rejection = war.rejection();
        if (rejection == null) {
            return "";
        }
        String reason = rejection.reason().isEmpty() ? "" : " " + SafeText.of(rejection.reason(), 60);
        String by = "";
        if (rejection.policy() != null) {
            by = " by " + SafeText.of(rejection.policy(), 120);
        } else if (!rejection.managers().isEmpty()) {
            by = ", owned by "
                    + together(rejection.managers().stream()
                            .map(m -> SafeText.of(m, 80))
                            .toList());
        }
        String message = rejection.message().isEmpty() ? "" : ": " + SafeText.of(rejection.message(), LONGEST_MESSAGE);
        return ", " + rejection.code() + reason + by + message;
    }

    /** The field whose values are told: the first that some contender has a value for. */
    private static String leastField(War war) {
        return war.fields().stream()
                .filter(f -> war.contenders().stream().anyMatch(c -> c.values().containsKey(f)))
                .findFirst()
                .orElse("");
    }

    /** The fields' names; of a parent and its leaves the parent alone. */
    static String fields(List<String> fields) {
        List<String> outer = fields.stream()
                .filter(f -> fields.stream().noneMatch(o -> isInside(f, o)))
                .sorted(Comparator.naturalOrder())
                .toList();
        if (outer.isEmpty()) {
            return "the object";
        }
        List<String> shown = outer.stream()
                .limit(MOST_NAMES)
                .map(f -> SafeText.of(f, LONGEST_FIELD))
                .toList();
        int more = outer.size() - shown.size();
        return more == 0 ? together(shown) : String.join(", ", shown) + " and " + more + " more fields";
    }

    private static boolean isInside(String field, String outer) {
        return field.length() > outer.length()
                && field.startsWith(outer)
                && (field.charAt(outer.length()) == '.' || field.charAt(outer.length()) == '[');
    }

    /** Names that tell the contenders apart: the account where that is enough, else with the program. */
    static List<String> names(List<Contender> contenders) {
        Set<String> accounts = new LinkedHashSet<>();
        contenders.forEach(c -> accounts.add(c.account()));
        boolean enough = accounts.size() == contenders.size();
        return contenders.stream()
                .map(c -> enough && !isShared(c.account()) ? Names.account(c.account()) : Names.contender(c))
                .distinct()
                .toList();
    }

    /** Accounts under which many different programs write. */
    private static boolean isShared(String account) {
        return !account.startsWith("system:serviceaccount:") && !account.startsWith("system:node:");
    }

    private static String together(List<String> names) {
        List<String> shown = names;
        String last = null;
        if (names.size() > MOST_NAMES) {
            shown = names.subList(0, MOST_NAMES);
            last = (names.size() - MOST_NAMES) + " more";
        } else if (names.size() > 1) {
            shown = names.subList(0, names.size() - 1);
            last = names.get(names.size() - 1);
        }
        String head = String.join(", ", shown);
        return last == null ? (head.isEmpty() ? "somebody" : head) : head + " and " + last;
    }
}
