package io.patchwar.detection;

import io.patchwar.detection.FieldHistory.Round;
import io.patchwar.model.Actor;
import io.patchwar.model.AskedChange;
import io.patchwar.model.FieldValue;
import io.patchwar.model.WarClass;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An actor that asks for a value again and again, and admission that stores another. */
final class AdmissionJudge {
    private AdmissionJudge() {}

    static void judge(Docket docket, FieldHistory field, AskedChange asked, Mark mark) {
        WarClass warClass = asked.asked().differsOnlyInOrder(asked.stored()) ? WarClass.ORDER : WarClass.ADMISSION;
        if (docket.isIgnored(warClass, asked.path(), mark.actor(), Actor.admission(asked.program()))) {
            return;
        }
        Round round = new Round(mark, asked.program(), asked.asked(), asked.stored());
        List<Round> counting = field.addRound(round, docket.rules.reversals(), docket.rules.window());
        Party actor = Party.of(mark.side());
        Dispute open = docket.over(asked.path(), warClass);
        if (open != null && (open.party(actor) != null || !counting.isEmpty())) {
            open.join(actor);
            open.count(actor, mark, true);
            prove(open, mark, asked.path(), asked.asked(), asked.stored());
            docket.touch(open);
        } else if (open == null && !counting.isEmpty()) {
            List<Proof> proofs = new ArrayList<>();
            counting.forEach(r -> proofs.add(new Proof(r.mark(), asked.path(), r.asked(), r.stored())));
            List<Party> parties = List.of(actor, Party.admission(asked.program()));
            docket.fits(new Fit(warClass, asked.path(), parties, counting.get(0).mark(), proofs));
        }
    }

    /** Brings the rounds that made the dispute into it. */
    static void recount(Dispute dispute, Fit fit) {
        for (Proof proof : fit.proofs()) {
            dispute.count(Party.of(proof.mark().side()), proof.mark(), true);
            prove(dispute, proof.mark(), fit.path(), orAbsent(proof.from()), orAbsent(proof.to()));
        }
    }

    private static FieldValue orAbsent(@Nullable FieldValue value) {
        return value == null ? FieldValue.ABSENT : value;
    }

    private static void prove(Dispute dispute, Mark mark, String path, FieldValue asked, FieldValue stored) {
        dispute.prove(new Proof(mark, path, asked, stored));
        dispute.insist(Party.of(mark.side()), path, asked, mark.sequence());
        for (Party party : dispute.parties) {
            if (party.side() == null) {
                dispute.insist(party, path, stored, mark.sequence());
            }
        }
    }
}
