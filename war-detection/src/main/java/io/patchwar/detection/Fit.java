package io.patchwar.detection;

import io.patchwar.model.WarClass;
import java.util.List;

/**
 * A rule that a field fits as of the present write.
 *
 * @param parties who fights
 * @param first the first write that counts
 * @param proofs where the field's own history does not hold them
 */
record Fit(WarClass warClass, String path, List<Party> parties, Mark first, List<Proof> proofs) {}
