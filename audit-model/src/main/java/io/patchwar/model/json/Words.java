package io.patchwar.model.json;

import java.util.Arrays;

/**
 * Texts that come again and again, such as names and agents, decoded once. A newer text takes the place of an older one, so that
 * this stays small whatever is read. One thread.
 */
public final class Words {
    private static final int MANY = 1 << 13;
    private static final int LONGEST = 512;

    private final byte[][] bytes;
    private final String[] texts;

    /** Room for some thousands. */
    public Words() {
        this(MANY);
    }

    /** @param places for how many there is room at the most; a power of two */
    public Words(int places) {
        if (Integer.bitCount(places) != 1) {
            throw new IllegalArgumentException("no power of two: " + places);
        }
        this.bytes = new byte[places][];
        this.texts = new String[places];
    }

    /** The text between the quotes, {@code b[from, to)}. */
    public String text(byte[] b, int from, int to) {
        int n = to - from;
        if (n == 0) {
            return "";
        }
        if (n > LONGEST) {
            return JsonText.decode(b, from, to);
        }
        int place = hash(b, from, to) & (bytes.length - 1);
        byte[] known = bytes[place];
        if (known != null && Arrays.equals(known, 0, known.length, b, from, to)) {
            return texts[place];
        }
        String text = JsonText.decode(b, from, to);
        bytes[place] = Arrays.copyOfRange(b, from, to);
        texts[place] = text;
        return text;
    }

    private static int hash(byte[] b, int from, int to) {
        long h = (long) to - from;
        int i = from;
        for (; i <= to - 8; i += 8) {
            h = (h ^ EightBytes.at(b, i)) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 29;
        }
        for (; i < to; i++) {
            h = (h ^ b[i]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (h >>> 40);
    }
}
