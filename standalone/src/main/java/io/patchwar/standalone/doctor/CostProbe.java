package io.patchwar.standalone.doctor;

import io.patchwar.model.json.MalformedJsonException;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import io.patchwar.model.words.Spans;
import java.util.List;
import java.util.function.Consumer;

/** What is recorded without need: managedFields, the stage before a request is answered, reads. */
final class CostProbe implements Probe {
    private static final double MATTERS = 0.05;
    private static final double MANY_READS = 0.2;
    private static final int FEWEST = 10;

    private long events;
    private long bytes;
    private long received;
    private long reads;
    private long managed;
    private long managedBytes;

    @Override
    public void event(RawEvent event) {
        events++;
        bytes += event.whole.length();
        received += event.stage.equals("RequestReceived") ? 1 : 0;
        reads += event.isWrite() ? 0 : 1;
        Slice reply = event.response;
        if (reply != null && reply.isObject()) {
            int length = managedFields(reply);
            managed += length > 0 ? 1 : 0;
            managedBytes += length;
        }
    }

    private static int managedFields(Slice reply) {
        try {
            Slice managed = Members.first(Members.first(reply, "metadata"), "managedFields");
            return managed == null ? 0 : managed.length();
        } catch (MalformedJsonException e) {
            return 0;
        }
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        if (managed >= FEWEST && managedBytes > MATTERS * bytes) {
            findings.accept(new Finding(
                    Symptom.MANAGED_FIELDS,
                    managed,
                    events,
                    List.of(Spans.number(managedBytes >> 10) + " KiB of " + Spans.number(bytes >> 10) + " KiB read")));
        }
        if (received >= FEWEST && received > MATTERS * events) {
            findings.accept(new Finding(Symptom.REQUEST_RECEIVED, received, events, List.of()));
        }
        if (reads >= FEWEST && reads > MANY_READS * events) {
            findings.accept(new Finding(Symptom.READS, reads, events, List.of()));
        }
    }
}
