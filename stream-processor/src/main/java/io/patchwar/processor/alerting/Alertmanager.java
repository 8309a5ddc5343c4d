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
    private final Map<InetAddress, Instance> instances = new ConcurrentHashMap<>();
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
        TargetMeters.gauges(registry, settings, instances::size, this::waiting, () -> capacity * instances.size());
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
                        instances.isEmpty() ? "nobody is told" : "kept the last");
            }
            unresolved = "the name " + host + " cannot be looked up; is it spelled right, and does DNS answer here?";
            return false;
        }
        unresolved = null;
        boolean anew = false;
        for (InetAddress address : now) {
            if (!instances.containsKey(address)) {
                Instance instance = new Instance(settings, address, capacity, posts.apply(address), meters, accepted);
                instance.start();
                instances.put(address, instance);
                anew = true;
            }
        }
        instances.forEach((address, instance) -> {
            if (!now.contains(address)) {
                instances.remove(address);
                instance.close();
            }
        });
        return anew;
    }

    void offer(List<Alert> alerts) {
        instances.values().forEach(instance -> instance.offer(alerts));
    }

    private int waiting() {
        return instances.values().stream().mapToInt(Instance::waiting).sum();
    }

    /** Fine if at least one instance took what it was last given: instances tell each other what they notified of. */
    Check check() {
        String part = "alertmanager " + settings.url();
        if (instances.isEmpty()) {
            String why = unresolved;
            return Check.failed(part, why == null ? "not looked up yet" : why);
        }
        String failing = "";
        for (Instance instance : instances.values()) {
            Reply last = instance.last();
            if (last == null || last.isAccepted() || last.isAboutContent()) {
                return Check.ok(part, instances.size() + (instances.size() == 1 ? " instance" : " instances"));
            }
            failing = instance + ", " + last;
        }
        return Check.failed(part, "no instance takes alerts; the last: " + failing);
    }

    @Override
    public void close() {
        instances.values().parallelStream().forEach(Instance::close);
    }
}
