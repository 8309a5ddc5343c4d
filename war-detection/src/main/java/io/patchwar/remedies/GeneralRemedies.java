package io.patchwar.remedies;

import io.patchwar.model.WarClass;
import java.util.List;

/** What can be said of a class when nothing is known of the case. */
final class GeneralRemedies {
    private static final String IGNORE =
            "If both are right, and it is a protocol between them, write a rule for the ignore list, or annotate the object with"
                    + " patchwar.io/ignore: <field>.";

    private GeneralRemedies() {}

    static Remedy forClass(WarClass warClass) {
        return switch (warClass) {
            case TUG_OF_WAR ->
                remedy(
                        warClass,
                        "Two owners of one field, each restoring its own value.",
                        "Decide who owns the field, and take it out of the other's manifest or reconciliation: leave it out, do not"
                                + " set it to an empty value.",
                        "Where the tool allows, select what is whose: a class, a label selector, a namespace.",
                        "Server-side apply without force makes the second owner fail visibly (409) instead of fighting silently.",
                        IGNORE);
            case RECREATE ->
                remedy(
                        warClass,
                        "One side deletes what the other makes again.",
                        "Find out why the one takes the object for superfluous (a prune, a TTL, a second owner of the same name), and"
                                + " exempt the object there.",
                        "Or stop the other from making it: remove what asks for it.",
                        IGNORE);
            case ADMISSION ->
                remedy(
                        warClass,
                        "A webhook or policy changes what the writer asks for, and the writer asks again.",
                        "Write what admission makes of it: set the field in the manifest to the value that is stored.",
                        "Or exempt the object from the webhook or policy (its namespaceSelector, objectSelector or match conditions).",
                        "Or have the writer compare with what the API server would store (a dry run) and not with what it asked for.");
            case ORDER ->
                remedy(
                        warClass,
                        "The same items, put into another order by every write.",
                        "Make the writer sort the list before it writes, or compare it without regard to order.",
                        "If two write the list, write it in the order in which the other does.");
            case SPLIT_BRAIN ->
                remedy(
                        warClass,
                        "Two instances of one program act at the same time, and disagree.",
                        "Look for a second release of it (another namespace, a leftover Deployment), and for leader election that is off"
                                + " or uses the same lock in two versions.",
                        "During an upgrade: let the old instance stop before the new one starts (strategy: Recreate), or wait for it to"
                                + " end.",
                        "If both are meant to run, give each its own class or selector.");
            case CONTENTION ->
                remedy(
                        warClass,
                        "Two writers overwrite each other with ever new values: timestamps, tokens, counters.",
                        "Give each a field of its own, or let one of them stop writing a value that says nothing but when it wrote.",
                        "If both make a token or certificate for the same place, keep one of them.");
            case FLIP_FLOP ->
                remedy(
                        warClass,
                        "One program at odds with itself: two of its own resources describe the same object, or its computation is"
                                + " unstable.",
                        "Look for two resources of it that name the same target (two Certificates with one Secret, two rules for one"
                                + " node), and remove one.",
                        "Otherwise report it to its authors, with the writes above.");
            case HOT_LOOP ->
                remedy(
                        warClass,
                        "One program writes the same object without a pause; most often its own write wakes it.",
                        "Update it, or report it: it should write only if something changed, and back off.",
                        "Until then, make it slower where it allows (a resync period, fewer workers).");
            case REJECTED ->
                remedy(
                        warClass,
                        "One program tries the same write again and again, and is refused every time.",
                        "Read the refusal: fix the manifest, grant the right, or exempt it from the policy named there.",
                        "An apply conflict names the other manager: drop the field from the apply, or take it over with force once.");
            case SUSPECTED ->
                remedy(
                        warClass,
                        "The log shows who wrote when, and not what.",
                        "Record this resource with bodies: in the audit policy a rule with level: RequestResponse (at least Request) for"
                                + " it, then scan again.");
        };
    }

    private static Remedy remedy(WarClass warClass, String cause, String... steps) {
        return new Remedy(warClass.word(), cause, List.of(steps));
    }
}
