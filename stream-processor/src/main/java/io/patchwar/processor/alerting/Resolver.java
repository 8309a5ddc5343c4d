package io.patchwar.processor.alerting;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Says which addresses a name stands for now. */
public interface Resolver {
    /** The system's own. Java remembers its answers for half a minute. */
    Resolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

    /**
     * At least one address.
     *
     * @throws UnknownHostException if there is none, or nobody answers
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /**
     * Of a name with addresses of both kinds those of the first kind: the others are the same machines once more.
     */
    default List<InetAddress> instances(String host) throws UnknownHostException {
        List<InetAddress> all = resolve(host);
        if (all.isEmpty()) {
            throw new UnknownHostException(host);
        }
        Class<?> kind = all.get(0).getClass();
        return all.stream()
                .filter(address -> address.getClass() == kind)
                .distinct()
                .toList();
    }
}
