package io.patchwar.broker;

import java.nio.file.Path;

/** A process that starts a broker, says which, and does nothing more until it is killed. */
final class ParentMain {
    private ParentMain() {}

    public static void main(String[] args) throws Exception {
        try (BrokerProcess broker = BrokerProcess.start(BrokerProcessConfig.in(Path.of(args[0])), says -> {})) {
            System.out.println("broker " + broker.pid());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
