package io.patchwar.ingest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Opens connections and sends a byte of a head on each now and then, until it is closed; connects anew where it is thrown out. */
final class SlowSenders implements AutoCloseable {
    private static final int CONNECTIONS = 40;

    private final int port;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "slow-senders");

    SlowSenders(int port) {
        this.port = port;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        byte[] head = "POST /audit/prod HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII);
        try {
            for (int i = 0; !over.await(500, TimeUnit.MILLISECONDS); i++) {
                int at = i % head.length;
                sockets.removeIf(socket -> !sends(socket, head[at]));
                while (sockets.size() < CONNECTIONS) {
                    try {
                        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
                    } catch (IOException e) {
                        break;
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean sends(Socket socket, byte b) {
        try {
            socket.getOutputStream().write(b);
            return true;
        } catch (IOException e) {
            close(socket);
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sockets.forEach(SlowSenders::close);
    }
}
