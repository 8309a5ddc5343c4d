package io.patchwar.benchmarks.cluster;

/** Names and identities of newborn objects. */
final class Names {
    private static final int NAMESPACES = 80;
    private static final int NODES = 500;
    private static final String[] TEAMS = {"pay", "search", "shop", "ident", "infra", "ops"};
    private static final String[] NOUNS = {
        "api", "worker", "gate", "ledger", "feed", "mailer", "index", "auth", "bills", "router"
    };

    private Names() {}

    /** An object that exists already, and belongs to the application of that number. */
    static Values newborn(Moment now, int application) {
        String team = TEAMS[application % TEAMS.length];
        String app = NOUNS[application % NOUNS.length] + "-" + application;
        return now.stamp(new Values())
                .set(Slot.UID, Ascii.uuid(now.dice))
                .set(Slot.VERSION, now.nextRevision())
                .set(Slot.CREATED, now.secondsFromNow(-86_400L - now.dice.below(8_000_000)))
                .set(Slot.GENERATION, 1)
                .set(Slot.NAMESPACE, team + "-" + application % NAMESPACES)
                .set(Slot.APP, app)
                .set(Slot.NAME, app)
                .set(Slot.OWNER, team)
                .set(Slot.OWNER_UID, Ascii.uuid(now.dice));
    }

    static Values onNode(Moment now, Values values, int node) {
        int number = node % NODES;
        return values.set(Slot.NODE, "node-" + number)
                .set(Slot.NODE_ADDRESS, "10.0." + number / 250 + "." + (number % 250 + 2))
                .set(Slot.NODE_DIGEST, Ascii.hex(now.dice, 64));
    }

    /** A pod address that no other pod of the log has had: one changing hands would be a value that returns. */
    static String podAddress(int pod) {
        return "10." + (16 + (pod >>> 16)) + "." + (pod >>> 8 & 255) + "." + (pod & 255);
    }
}
