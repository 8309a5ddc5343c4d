package io.patchwar.ingest.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections on which the head of a request does not come to its end in time, be it a byte every ten seconds; and, when
 * connections become scarce, the oldest of those that never sent one. So nobody who only opens connections keeps others out.
 * One thread.
 */
final class SlowConnections {
    private final ServerConnector connector;
    private final Duration headersWithin;
    private final int crowded;
    private IdentityHashMap<EndPoint, Seen> seen = new IdentityHashMap<>();

    /** What a connection had sent when it began to wait for a head. */
    private record Seen(long messages, long bytes, long sinceNanos) {}

    SlowConnections(ServerConnector connector, Duration headersWithin, int mostConnections) {
        this.connector = connector;
        this.headersWithin = headersWithin;
        this.crowded = mostConnections - mostConnections / 4;
    }

    /** Looks at all connections; returns how many it closed. */
    int sweep() {
        long now = System.nanoTime();
        int closed = 0;
        IdentityHashMap<EndPoint, Seen> next = new IdentityHashMap<>();
        List<EndPoint> silent = new ArrayList<>();
        for (EndPoint end : connector.getConnectedEndPoints()) {
            Connection connection = connection(end);
            long messages = connection == null ? 0 : connection.getMessagesIn();
            long bytes = connection == null ? 0 : connection.getBytesIn();
            if (connection != null && messages > connection.getMessagesOut()) {
                continue;
            }
            Seen before = seen.get(end);
            Seen waits = before == null || before.messages() != messages ? new Seen(messages, bytes, now) : before;
            boolean begun = messages == 0 || bytes > waits.bytes();
            if (begun && now - waits.sinceNanos() > headersWithin.toNanos()) {
                end.close();
                closed++;
            } else {
                next.put(end, waits);
                if (messages == 0) {
                    silent.add(end);
                }
            }
        }
        seen = next;
        return closed + thinOut(silent);
    }

    private int thinOut(List<EndPoint> silent) {
        int tooMany = connector.getConnectedEndPoints().size() - crowded;
        if (tooMany <= 0) {
            return 0;
        }
        silent.sort(Comparator.comparing(EndPoint::getCreatedTimeStamp));
        // The newest may be about to send; half of the silent ones go at a time.
        int going = Math.min(tooMany, (silent.size() + 1) / 2);
        silent.subList(0, going).forEach(EndPoint::close);
        return going;
    }

    private static @Nullable Connection connection(EndPoint end) {
        Connection connection = end.getConnection();
        return connection instanceof SslConnection ssl ? ssl.getSslEndPoint().getConnection() : connection;
    }
}
