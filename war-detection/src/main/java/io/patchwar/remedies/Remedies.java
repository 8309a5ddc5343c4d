package io.patchwar.remedies;

import io.patchwar.model.War;
import io.patchwar.model.WarClass;
import java.util.List;
import java.util.stream.Stream;

/**
 * The catalogue: of the cases that fit a war the first, else the general answer for its class. Special cases stand before
 * general ones, chapter by chapter. Stateless.
 */
public final class Remedies {
    private static final List<Case> CASES = Stream.of(
                    ServiceRemedies.CASES,
                    ScalingRemedies.CASES,
                    WebhookRemedies.CASES,
                    MetadataRemedies.CASES,
                    LifeRemedies.CASES)
            .flatMap(List::stream)
            .toList();

    private Remedies() {}

    /** What ends this war, or finding. */
    public static Remedy forWar(War war) {
        for (Case one : CASES) {
            if (one.fits(war)) {
                return one.remedy();
            }
        }
        return forClass(war.warClass());
    }

    /** What helps against any war of this class. */
    public static Remedy forClass(WarClass warClass) {
        return GeneralRemedies.forClass(warClass);
    }

    /** Everything in the catalogue, the general answers left out. */
    public static List<Remedy> all() {
        return CASES.stream().map(Case::remedy).toList();
    }
}
