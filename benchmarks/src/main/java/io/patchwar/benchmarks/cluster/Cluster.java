package io.patchwar.benchmarks.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * The made-up cluster. Of its requests 25 % renew leases, 45 % read, 5 % are the wars', and the rest are what
 * controllers write to some 10,000 objects. The same seed gives the same bytes. Not thread-safe.
 */
public final class Cluster {
    private static final int LARGEST_EVENT = 1 << 16;
    private static final int NEWLINE = '\n';

    /** Of a log; a stream may have others. */
    private static final int WARS = 3;

    private final Moment now;
    private final Leases leases;
    private final Reads reads;
    private final Wars wars;
    private final List<Share> controllers;
    private final Line line = new Line(LARGEST_EVENT);

    /** A population and how many of a hundred controllers' writes are its own. */
    private record Share(int percent, Population population) {}

    /** With three wars. */
    public Cluster(long seed) {
        this(seed, WARS);
    }

    /** With so many wars, 1 to 60, over one Service each. */
    public Cluster(long seed, int services) {
        now = new Moment(new Dice(seed));
        ConfigMaps configMaps = new ConfigMaps(now, 2_300);
        Pods pods = new Pods(now, 3_700);
        leases = new Leases(now, 500, 120);
        reads = new Reads(configMaps, pods);
        wars = new Wars(now, services);
        controllers = List.of(
                new Share(13, pods),
                new Share(17, new Deployments(now, 1_200)),
                new Share(12, new EndpointSlices(now, 1_200)),
                new Share(48, configMaps),
                new Share(5, new Certificates(now, 800)),
                new Share(3, new Applications(now, 300)),
                new Share(2, new Nodes(now, 500)));
    }

    /** The Services at war in a log, as {@code namespace/name}. */
    public static List<String> servicesAtWar() {
        return Wars.services(WARS);
    }

    /** Writes the next event and a line end; returns the bytes written. */
    public int writeEvent(OutputStream out) throws IOException {
        return write(next(now.dice.below(100)), out);
    }

    /**
     * Writes the next event that is a controller's write with its bodies, and a line end; returns the bytes written.
     * The leases and reads before it happen unrecorded, so that objects change as often as in the whole log.
     */
    public int writeControllersWrite(OutputStream out) throws IOException {
        for (Population next = next(now.dice.below(100)); ; next = next(now.dice.below(100))) {
            if (next != leases && next != reads) {
                return write(next, out);
            }
        }
    }

    /** The cluster's time, in microseconds since 1970: no event until now is stamped later. */
    public long micros() {
        return now.micros();
    }

    private Population next(int pick) {
        now.pass();
        if (pick < 25) {
            return leases;
        } else if (pick < 70) {
            return reads;
        } else if (pick < 75) {
            return wars;
        }
        int percent = now.dice.below(100);
        for (Share share : controllers) {
            percent -= share.percent;
            if (percent < 0) {
                return share.population;
            }
        }
        throw new IllegalStateException("shares do not add up to a hundred");
    }

    private int write(Population population, OutputStream out) throws IOException {
        line.clear();
        population.act(now, line);
        line.writeTo(out);
        out.write(NEWLINE);
        return line.length() + 1;
    }
}
