package io.patchwar.model.words;

import io.patchwar.model.Actor;
import io.patchwar.model.Confidence;
import io.patchwar.model.Contender;
import io.patchwar.model.Evidence;
import io.patchwar.model.FieldPath;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.Rejection;
import io.patchwar.model.Severity;
import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import io.patchwar.model.WarState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Wars to tell of. */
public final class WarExamples {
    public static final Instant START = Instant.parse("2026-11-23T08:44:50Z");
    public static final String METALLB = "system:serviceaccount:metallb-system:controller";
    public static final String CHISEL = "system:serviceaccount:chisel-operator-system:chisel-operator";

    private WarExamples() {}

    /** A war of that class between MetalLB and chisel-operator, or of MetalLB alone where a class has one contender. */
    public static War war(WarClass warClass) {
        String field = warClass == WarClass.RECREATE ? FieldPath.OBJECT : "status.loadBalancer.ingress";
        String a = warClass == WarClass.RECREATE ? "present" : "[{\"ip\":\"192.0.2.65\",\"ipMode\":\"VIP\"}]";
        String b = warClass == WarClass.RECREATE ? "(absent)" : "[{\"ip\":\"203.0.113.1\",\"ipMode\":\"VIP\"}]";
        Contender metallb = contender(METALLB, "controller", "controller-x2x8z", field, List.of(a));
        Contender other = switch (warClass) {
            case ADMISSION -> contender(Actor.ADMISSION, "lb.example.com", "", field, List.of(b));
            case SPLIT_BRAIN -> contender(METALLB, "controller", "controller-k9q2m", field, List.of(b));
            default -> contender(CHISEL, "chisel-operator", "chisel-k9q2m", field, List.of(b));
        };
        boolean alone =
                warClass == WarClass.FLIP_FLOP || warClass == WarClass.HOT_LOOP || warClass == WarClass.REJECTED;
        List<Contender> contenders = alone
                ? List.of(contender(METALLB, "controller", "controller-x2x8z", field, List.of(a, b)))
                : List.of(metallb, other);
        Rejection rejection = warClass == WarClass.REJECTED
                ? new Rejection(422, "Invalid", "too many replicas", "replica-cap", List.of(), List.of("spec.replicas"))
                : null;
        return between(warClass, "services", field, contenders, 141, rejection);
    }

    public static Contender contender(
            String account, String program, String instance, String field, List<String> values) {
        return new Contender(
                account, program, instance.isEmpty() ? List.of() : List.of(instance), 12, 1, Map.of(field, values));
    }

    /** A war over ten seconds. */
    public static War between(
            WarClass warClass,
            String resource,
            String field,
            List<Contender> contenders,
            long reversals,
            Rejection rejection) {
        boolean fieldless = warClass == WarClass.SUSPECTED;
        Evidence evidence = new Evidence(
                "8f2d53c0-38a6-46dd-ad32-0fe3ec7477ce",
                "220",
                START,
                contenders.get(0).account(),
                contenders.get(0).program(),
                "controller-x2x8z",
                "update",
                fieldless ? null : field,
                null,
                "203.0.113.1");
        return new War(
                "war-1",
                warClass,
                Severity.WARNING,
                Confidence.CONFIRMED,
                WarState.ONGOING,
                new ObjectRef("default", "", resource, "apps", "web-1"),
                null,
                fieldless ? List.of() : List.of(field),
                contenders,
                reversals,
                Duration.ofMillis(143),
                START,
                START.plusSeconds(10),
                null,
                List.of(evidence),
                rejection,
                null,
                1,
                null);
    }

    /** The same war, over. */
    public static War ended(War war) {
        return new War(
                war.id(),
                war.warClass(),
                war.severity(),
                war.confidence(),
                WarState.ENDED,
                war.object(),
                war.uid(),
                war.fields(),
                war.contenders(),
                war.reversals(),
                war.period(),
                war.startedAt(),
                war.lastChangeAt(),
                war.lastChangeAt(),
                war.evidence(),
                war.rejection(),
                war.muted(),
                war.revision() + 1,
                war.load());
    }
}
