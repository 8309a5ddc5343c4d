package io.patchwar.settings;

import java.util.Collection;
import java.util.Locale;

/** Guesses which word was meant, by the number of letters to change. Stateless. */
public final class DidYouMean {
    private DidYouMean() {}

    /** {@code ; did you mean "window"?}, or the words there are where none is near. */
    public static String among(Collection<String> words, String written) {
        String nearest = "";
        int least = Math.max(2, written.length() / 3) + 1;
        for (String word : words) {
            int distance = distance(word.toLowerCase(Locale.ROOT), written.toLowerCase(Locale.ROOT));
            if (distance < least) {
                least = distance;
                nearest = word;
            }
        }
        return nearest.isEmpty() ? "; known are " + String.join(", ", words) : "; did you mean \"" + nearest + "\"?";
    }

    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 8 || b.length() > 64) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
