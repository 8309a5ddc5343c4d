package io.patchwar.model.json;

/**
 * Finds where JSON values end, by counting brackets outside strings: several times faster than reading their tokens,
 * and indifferent to depth. It trusts what lies between the brackets; whoever needs a value reads it properly.
 */
public final class JsonScan {
    private JsonScan() {}

    /** The first index in {@code [p, end]} that holds no white space. */
    public static int skipSpace(byte[] b, int p, int end) {
        int i = p;
        while (i < end && b[i] <= ' ' && b[i] >= 0) {
            i++;
        }
        return i;
    }

    /**
     * The index right after the value that begins at {@code p}.
     *
     * @throws MalformedJsonException if no value begins there or it does not end before {@code end}
     */
    public static int endOf(byte[] b, int p, int end) {
        if (p >= end) {
            throw new MalformedJsonException("value expected", p, true);
        }
        byte c = b[p];
        if (c == '"') {
            return endOfString(b, p, end);
        }
        if (c == '{' || c == '[') {
            return endOfContainer(b, p, end);
        }
        int i = p;
        while (i < end && isScalarByte(b[i])) {
            i++;
        }
        if (i == p) {
            throw new MalformedJsonException("value expected", p, false);
        }
        return i;
    }

    /** The index right after the closing quote of the string whose opening quote is at {@code p}. */
    public static int endOfString(byte[] b, int p, int end) {
        int i = p + 1;
        while (i < end) {
            byte c = b[i];
            if (c == '"') {
                return i + 1;
            }
            i += c == '\\' ? 2 : 1;
        }
        throw new MalformedJsonException("string does not end", p, true);
    }

    private static int endOfContainer(byte[] b, int p, int end) {
        int depth = 0;
        int i = p;
        while (i < end) {
            byte c = b[i++];
            if (c == '"') {
                while (i < end && (c = b[i]) != '"') {
                    i += c == '\\' ? 2 : 1;
                }
                i++;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if ((c == '}' || c == ']') && --depth == 0) {
                return i;
            }
        }
        throw new MalformedJsonException("value does not end", p, true);
    }

    private static boolean isScalarByte(byte c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '+' || c == '.' || c == 'E';
    }
}
