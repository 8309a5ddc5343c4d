package io.patchwar.service.http;

import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * An HTTP server on one address: bounded in threads, connections, header size and idle time. Handlers are added before
 * {@link #start}. Thread-safe once started.
 */
public final class HttpFront implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int THREADS = 32;
    private static final int CONNECTIONS = 512;
    private static final int HEADER_BYTES = 16 << 10;

    private final HttpAddress address;
    private final Server server;
    private final ServerConnector connector;
    private final PathMappingsHandler paths = new PathMappingsHandler();

    public HttpFront(HttpAddress address) {
        this(address, IDLE);
    }

    /**
     * @param idle after which a connection on which nothing comes is closed
     */
    HttpFront(HttpAddress address, Duration idle) {
        this.address = address;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 2);
        threads.setName("http");
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(idle.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
        server.setHandler(paths);
        server.setStopTimeout(STOP.toMillis());
    }

    /**
     * Has the handler answer for these paths.
     *
     * @param path as in {@code /livez} or {@code /api/v1/wars/*}
     */
    public HttpFront serve(String path, Handler handler) {
        paths.addMapping(PathSpec.from(path), handler);
        return this;
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
            throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
        } catch (Exception e) {
            throw new IllegalStateException("cannot start the HTTP server on " + address, e);
        }
    }

    /** The port that it listens on; only once started. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Where it listens, with the port that it was given. */
    public HttpAddress address() {
        return new HttpAddress(address.host(), port() > 0 ? port() : address.port());
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("cannot stop the HTTP server on " + address, e);
        }
    }
}
