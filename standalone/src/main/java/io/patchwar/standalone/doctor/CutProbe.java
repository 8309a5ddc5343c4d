package io.patchwar.standalone.doctor;

import io.patchwar.model.audit.RejectReason;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What could not be read, and by its length who cut it. */
final class CutProbe implements Probe {
    private static final int FEWEST = 3;
    private static final double STRAY = 0.01;
    private static final String MARKED = "[Truncated...]";

    /** Who cuts at which length; a little less fits where the shipper counts its own words, too. */
    private enum Cutter {
        RUNTIME(16 << 10, "16 KiB: a container runtime splits there, and the shipper did not put the parts together"),
        FLUENT_BIT(32 << 10, "32 KiB: Fluent Bit's buffer_max_size"),
        VECTOR(100 << 10, "100 KiB: Vector's max_line_bytes"),
        STORE(256 << 10, "256 KB: Loki's max_line_size, or CloudWatch"),
        KAFKA(1 << 20, "1 MiB: a Kafka topic's or producer's largest message");

        private final int length;
        private final String words;

        Cutter(int length, String words) {
            this.length = length;
            this.words = words;
        }

        /** 256 KB is 256,000 to some; headers and quotes take some more. */
        boolean isAt(int cut) {
            return cut <= length + 64 && cut >= length - length / 32;
        }
    }

    private final Map<Cutter, Integer> cutters = new EnumMap<>(Cutter.class);
    private long events;
    private long cut;
    private long marked;
    private long legacy;
    private final Tally unreadable = new Tally();

    @Override
    public void event(RawEvent event) {
        events++;
    }

    @Override
    public void rejected(RejectReason reason, @Nullable Slice document) {
        switch (reason) {
            case LEGACY_FORMAT -> legacy++;
            case CUT_OFF, NOT_JSON, DAMAGED -> {
                boolean isMarked = document != null && endsMarked(document);
                if (isMarked || reason == RejectReason.CUT_OFF) {
                    cut++;
                    marked += isMarked ? 1 : 0;
                    if (document != null) {
                        for (Cutter cutter : Cutter.values()) {
                            if (cutter.isAt(document.length())) {
                                cutters.merge(cutter, 1, Integer::sum);
                            }
                        }
                    }
                } else {
                    unreadable.add(reason.word());
                }
            }
            default -> unreadable.add(reason.word());
        }
    }

    private static boolean endsMarked(Slice document) {
        int from = Math.max(document.from(), document.to() - MARKED.length() - 2);
        return new Slice(document.bytes(), from, document.to()).raw().contains(MARKED);
    }

    @Override
    public void conclude(Consumer<Finding> findings) {
        // A file that is still written to ends in the middle of a line; one such is no defect.
        if (cut >= FEWEST || marked > 0) {
            List<String> evidence = new ArrayList<>();
            if (marked > 0) {
                evidence.add(marked + " end in " + MARKED + ", as CloudWatch's do");
            }
            cutters.entrySet().stream()
                    .filter(entry -> 2L * entry.getValue() >= cut)
                    .forEach(entry -> evidence.add(entry.getValue() + " are close to " + entry.getKey().words));
            findings.accept(new Finding(Symptom.CUT_LINES, cut, events + cut, evidence));
        }
        if (legacy > 0) {
            findings.accept(new Finding(Symptom.LEGACY_FORMAT, legacy, 0, List.of()));
        }
        if (unreadable.total() >= FEWEST && unreadable.total() > STRAY * events) {
            findings.accept(new Finding(
                    Symptom.UNREADABLE, unreadable.total(), events + unreadable.total(), List.of(unreadable.most(5))));
        }
    }
}
