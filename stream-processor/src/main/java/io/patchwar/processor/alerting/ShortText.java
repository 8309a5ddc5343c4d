package io.patchwar.processor.alerting;

import io.patchwar.model.words.SafeText;
import java.nio.charset.StandardCharsets;

/** Text from events for an annotation: safe to show, and bounded in bytes, since that is what a pager's service counts. */
final class ShortText {
    private static final int LEAST = 16;

    private ShortText() {}

    /**
     * @param mostBytes of UTF-8, at least 64
     */
    static String of(String text, int mostBytes) {
        int most = mostBytes;
        String cut = SafeText.of(text, most);
        while (bytes(cut) > mostBytes && most > LEAST) {
            most = Math.max(LEAST, most - Math.max(1, (bytes(cut) - mostBytes) / 4));
            cut = SafeText.of(text, most);
        }
        return cut;
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
