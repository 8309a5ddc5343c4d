package io.patchwar.service.http;

import org.jspecify.annotations.Nullable;

/**
 * Where to listen.
 *
 * @param host name or address; an IPv6 address without brackets
 * @param port 0 for any that is free
 */
public record HttpAddress(String host, int port) {
    /** {@code host:port}; null if the text is none. IPv6 addresses stand in brackets. */
    public static @Nullable HttpAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            return null;
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return null;
        }
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            return port < 0 || port > 65_535 || host.isBlank() ? null : new HttpAddress(host, port);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
