package io.patchwar.ingest.webhook;

import io.micrometer.core.instrument.Counter;
import io.patchwar.ingest.metrics.IngestMetrics;
import io.patchwar.ingest.pipeline.Pipeline;
import io.patchwar.service.health.Check;
import io.patchwar.service.http.HttpAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for API servers. Bounded in connections, heads, bodies, and time for each. Thread-safe once started. */
public final class Webhook implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration SWEEP = Duration.ofMillis(250);
    private static final int THREADS = 24;

    private final WebhookConfig config;
    private final IngestMetrics metrics;
    private final Server server;
    private final ServerConnector connector;
    private final SlowConnections slow;
    private final @Nullable ClusterGate gate;
    private final @Nullable WebhookTls tls;
    private final WatchedFiles watched;
    private final ScheduledThreadPoolExecutor timer;
    private volatile @Nullable String staleFiles;

    private Webhook(
            WebhookConfig config,
            Pipeline pipeline,
            IngestMetrics metrics,
            @Nullable ClusterGate gate,
            @Nullable WebhookTls tls) {
        this.config = config;
        this.metrics = metrics;
        this.gate = gate;
        this.tls = tls;
        List<Path> files = new ArrayList<>();
        if (gate != null) {
            files.addAll(gate.files());
        }
        if (tls != null) {
            files.addAll(tls.files());
        }
        this.watched = new WatchedFiles(files);
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("webhook");
        this.server = new Server(threads);
        this.connector = connector(server, config, tls);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(config.limits().connections(), connector));
        // A counter that is born with its first event has no increase for it.
        List.of("done", "failed").forEach(this::reloads);
        ByteBudget budget = new ByteBudget(config.limits().buffered());
        WebhookMetrics counts = new WebhookMetrics(metrics, budget);
        server.setHandler(new GracefulHandler(
                new AuditHandler(pipeline, gate == null ? new OpenGate() : gate, config.limits(), budget, counts)));
        server.setErrorHandler(new BadRequests(config.limits(), counts));
        server.setStopTimeout(STOP.toMillis());
        this.slow = new SlowConnections(
                connector, config.limits().headersWithin(), config.limits().connections());
        this.timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "webhook-timer");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Prepares to listen.
     *
     * @throws IOException if a file of tokens or certificates cannot be used, with what is wrong with it
     */
    public static Webhook of(WebhookConfig config, Pipeline pipeline, IngestMetrics metrics) throws IOException {
        TlsConfig tls = config.tls();
        return new Webhook(
                config,
                pipeline,
                metrics,
                config.clusters().isEmpty() ? null : ClusterGate.of(config.clusters()),
                tls == null ? null : WebhookTls.of(tls));
    }

    private static ServerConnector connector(Server server, WebhookConfig config, @Nullable WebhookTls tls) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(config.limits().headers());
        http.setInputBufferSize(64 << 10);
        HttpConnectionFactory plain = new HttpConnectionFactory(http);
        ServerConnector connector;
        if (tls == null) {
            connector = new ServerConnector(server, 1, 1, plain);
        } else {
            SecureRequestCustomizer customizer = new SecureRequestCustomizer(false);
            http.addCustomizer(customizer);
            connector =
                    new ServerConnector(server, 1, 1, new SslConnectionFactory(tls.ssl(), plain.getProtocol()), plain);
        }
        connector.setHost(config.listen().host());
        connector.setPort(config.listen().port());
        // A connection is idle, too, while its body waits to be durable.
        Duration waits = config.limits().answerWithin().plusSeconds(10);
        connector.setIdleTimeout((waits.compareTo(IDLE) > 0 ? waits : IDLE).toMillis());
        connector.setAcceptQueueSize(1_024);
        return connector;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException if it cannot, because another listens there, say
     */
    public void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            throw new IOException("cannot listen on " + config.listen() + ": " + e.getMessage(), e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot start the webhook on " + config.listen(), e);
        }
        var unusedSweeps =
                timer.scheduleWithFixedDelay(this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        long every = config.reloadEvery().toMillis();
        var unusedReloads = timer.scheduleWithFixedDelay(this::reload, every, every, TimeUnit.MILLISECONDS);
        LOG.info("webhook listens on {}", address());
    }

    private void sweep() {
        try {
            int closed = slow.sweep();
            if (closed > 0) {
                metrics.counter(
                                IngestMetrics.SLOW_CONNECTIONS,
                                "Connections closed, as no head of a request came in time")
                        .increment(closed);
            }
        } catch (RuntimeException e) {
            LOG.warn("cannot look for slow connections", e);
        }
    }

    /** Takes tokens and certificates anew if their files changed; what was before holds if they are not right. */
    private void reload() {
        if (!watched.changed() && staleFiles == null) {
            return;
        }
        String outcome = "done";
        try {
            if (tls != null) {
                tls.reload();
            }
            if (gate != null) {
                gate.reload();
            }
            staleFiles = null;
            LOG.info("tokens and certificates were taken anew");
        } catch (IOException | RuntimeException e) {
            outcome = "failed";
            if (staleFiles == null) {
                LOG.warn("tokens and certificates stay as they were: {}", e.getMessage());
            }
            staleFiles = String.valueOf(e.getMessage());
        }
        reloads(outcome).increment();
    }

    private Counter reloads(String outcome) {
        return metrics.counter(
                IngestMetrics.RELOADS, "Times that tokens and certificates were to be taken anew", "outcome", outcome);
    }

    /** Where it listens, with the port that it was given. */
    public HttpAddress address() {
        int port = connector.getLocalPort();
        return new HttpAddress(
                config.listen().host(), port > 0 ? port : config.listen().port());
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Whether it listens, with the tokens and certificates that its files hold. */
    public Check check() {
        if (!connector.isRunning()) {
            return Check.failed("webhook", "does not listen");
        }
        String stale = staleFiles;
        // It goes on with the old ones, and taking it out of service would help nobody.
        return Check.ok(
                "webhook",
                "listens on " + address()
                        + (stale == null
                                ? ""
                                : "; old tokens and certificates hold, as the new ones cannot be used: " + stale));
    }

    /** Answers what is under way, and listens no more. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("the webhook did not stop in order: {}", e.toString());
        }
    }
}
