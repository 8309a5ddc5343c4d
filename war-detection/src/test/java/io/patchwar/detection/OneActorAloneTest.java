package io.patchwar.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.Part;
import io.patchwar.model.WarClass;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever one actor does alone, it never makes a war; the seed of each case is its name. */
class OneActorAloneTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void neverMakesAWar(long seed) {
        Random random = new Random(seed);
        Story story = new Story();
        for (int i = 0; i < 500; i++) {
            story.after(random.nextInt(120));
            switch (random.nextInt(6)) {
                case 0 -> story.deletes("alone").creates("alone", random.nextBoolean());
                case 1 -> story.removes("alone", "metadata.finalizers[x" + random.nextInt(3) + "]");
                case 2 -> story.writesNothing("alone", random.nextBoolean() ? Part.MAIN : Part.STATUS);
                default -> story.sets("alone", "spec.field" + random.nextInt(4), random.nextInt(3));
            }
        }
        assertThat(story.classes()).filteredOn(WarClass::isWar).isEmpty();
    }
}
