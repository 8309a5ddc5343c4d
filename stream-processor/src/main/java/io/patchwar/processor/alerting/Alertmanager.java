package io.patchwar.processor.alerting;

import io.micrometer.core.instrument.MeterRegistry;
import io.patchwar.service.health.Check;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One configured Alertmanager: every instance that its name stands for is told everything, since instances share silences
 * and not alerts. Thread-safe.
 */
final class Alertmanager implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alertmanager.class);

    private final AlertmanagerSettings settings;
    private final int capacity;
    private final Resolver resolver;
    private final Function<InetAddress, Post> posts;
    private final TargetMeters meters;
    private final Consumer<List<Alert>> accepted;
    private final Map<InetAddress, Peer> peers = new ConcurrentHashMap<>();
    private volatile @Nullable String unresolved;

    Alertmanager(
            AlertmanagerSettings settings,
            int capacity,
            Resolver resolver,
            Function<InetAddress, Post> posts,
            MeterRegistry registry,
            Consumer<List<Alert>> accepted) {
        this.settings = settings;
        this.capacity = capacity;
        this.resolver = resolver;
        this.posts = posts;
        this.meters = new TargetMeters(registry, settings);
        this.accepted = accepted;
        TargetMeters.gauges(registry, settings, peers::size, this::waiting, () -> capacity * peers.size());
    }

    /**
     * Looks up the name again; one that cannot be looked up keeps the instances it had. One thread at a time.
     *
     * @return whether an instance has come that knows nothing yet
     */
    boolean refresh() {
        String host = settings.url().getHost();
        Set<InetAddress> now;
        try {
            now = new LinkedHashSet<>(resolver.instances(host));
        } catch (UnknownHostException e) {
            if (unresolved == null) {
                LOG.warn(
                        "the name {} has no address now; {}",
                        host,
                        peers.isEmpty() ? "nobody is told" : "kept the last");
            }
            unresolved = "the name " + host + " cannot be looked up; is it spelled right, and does DNS answer here?";
            return false;
        }
        unresolved = null;
        boolean anew = false;
        for (InetAddress address : now) {
            if (!peers.containsKey(address)) {
                Peer peer = new Peer(settings, address, capacity, posts.apply(address), meters, accepted);
                peer.start();
                peers.put(address, peer);
                anew = true;
            }
        }
        peers.forEach((address, peer) -> {
            if (!now.contains(address)) {
                peers.remove(address);
                peer.close();
            }
        });
        return anew;
    }

    void offer(List<Alert> alerts) {
        peers.values().forEach(peer -> peer.offer(alerts));
    }

    private int waiting() {
        return peers.values().stream().mapToInt(Peer::waiting).sum();
    }

    /** Fine if at least one instance took what it was last given: instances tell each other what they notified of. */
    Check check() {
        String part = "alertmanager " + settings.url();
        if (peers.isEmpty()) {
            String why = unresolved;
            return Check.failed(part, why == null ? "not looked up yet" : why);
        }
        String failing = "";
        for (Peer peer : peers.values()) {
            PostResult last = peer.last();
            if (last == null || last.isAccepted() || last.isAboutContent()) {
                return Check.ok(part, peers.size() + (peers.size() == 1 ? " instance" : " instances"));
            }
            failing = peer + ", " + last;
        }
        return Check.failed(part, "no instance takes alerts; the last: " + failing);
    }

    @Override
    public void close() {
        peers.values().parallelStream().forEach(Peer::close);
    }
}
