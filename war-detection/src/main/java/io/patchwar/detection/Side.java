package io.patchwar.detection;

import io.patchwar.model.Actor;
import io.patchwar.model.RecentCounts;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One program under one account, as it writes one object: what a war's contender is, unless instances of it fight each
 * other. A pod is one program whatever it calls itself, so a side may go by several names.
 */
final class Side {
    private static final int MOST_INSTANCES = 16;
    private static final int MOST_PROGRAMS = 8;

    final String account;
    private final List<String> programs = new ArrayList<>(1);
    private final List<String> instances = new ArrayList<>(1);
    private final List<String> pods = new ArrayList<>(0);
    private final List<Actor> actors = new ArrayList<>(1);
    long writes;
    long rejected;
    final RecentTimes rejections = new RecentTimes();
    final RecentCounts acceptedLately = new RecentCounts();
    final RecentCounts rejectedLately = new RecentCounts();

    Side(Actor first) {
        this(first.account());
        add(first);
    }

    private Side(String account) {
        this.account = account;
    }

    boolean hasPodOf(Actor actor) {
        return actor.inPod() && account.equals(actor.account()) && pods.contains(actor.instance());
    }

    boolean hasProgramOf(Actor actor) {
        return account.equals(actor.account()) && programs.contains(actor.program());
    }

    /**
     * Whether it writes with the same user agent, where one of the two names no field manager: deletes cannot, and a program
     * need not each time.
     */
    boolean hasClientOf(Actor actor) {
        boolean same = false;
        boolean namesManager = false;
        for (Actor known : actors) {
            same |= known.isOfAgent(actor);
            namesManager |= !known.isNamedByAgent();
        }
        return same && (actor.isNamedByAgent() || !namesManager);
    }

    void add(Actor actor) {
        if (!programs.contains(actor.program()) && programs.size() < MOST_PROGRAMS) {
            programs.add(actor.program());
        }
        if (instances.size() < MOST_INSTANCES) {
            addNew(actor.instance(), instances);
            if (actor.inPod()) {
                addNew(actor.instance(), pods);
            }
        }
    }

    private static void addNew(String name, List<String> names) {
        if (!names.contains(name)) {
            names.add(name);
        }
    }

    /** The name to show: the first that says anything. */
    String program() {
        for (String program : programs) {
            if (!program.equals(Actor.UNKNOWN_PROGRAM)) {
                return program;
            }
        }
        return Actor.UNKNOWN_PROGRAM;
    }

    /** The same actor, as one object for all its writes. */
    Actor known(Actor actor) {
        for (int i = 0; i < actors.size(); i++) {
            if (actors.get(i).equals(actor)) {
                return actors.get(i);
            }
        }
        if (actors.size() < MOST_INSTANCES) {
            actors.add(actor);
        }
        return actor;
    }

    List<String> instances() {
        return List.copyOf(instances);
    }

    void accepted(Instant time) {
        writes++;
        acceptedLately.add(time);
    }

    void rejected(Instant time, int remembered) {
        rejected++;
        rejections.add(time, remembered);
        rejectedLately.add(time);
    }

    /** Writes itself, once for all places that refer to it. */
    void write(StateWriter out) {
        out.shared(this, account.hashCode(), side -> {
            out.list(side.actors, actor -> actor.write(out));
            out.word(side.account);
            out.list(side.programs, out::word);
            out.list(side.instances, out::word);
            out.list(side.pods, out::word);
            out.number(side.writes);
            out.number(side.rejected);
            side.rejections.write(out);
            side.acceptedLately.write(out);
            side.rejectedLately.write(out);
        });
    }

    static Side read(StateReader in) {
        return in.shared(Side.class, () -> {
            List<Actor> actors = new ArrayList<>(1);
            in.list(() -> Actor.read(in), actors::add);
            Side side = new Side(in.word());
            side.actors.addAll(actors);
            in.list(in::word, side.programs::add);
            in.list(in::word, side.instances::add);
            in.list(in::word, side.pods::add);
            side.writes = in.number();
            side.rejected = in.number();
            side.rejections.read(in);
            side.acceptedLately.read(in);
            side.rejectedLately.read(in);
            return side;
        });
    }
}
