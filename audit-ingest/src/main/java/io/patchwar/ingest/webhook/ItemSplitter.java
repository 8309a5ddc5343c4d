package io.patchwar.ingest.webhook;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Cuts a body into its items while it streams in: the items of an EventList, the elements of an array, documents one after the
 * other, lines. Holds no more than the item that is not yet complete. An item that is broken is cut off where the next one
 * plainly begins, and handed out for the reader to refuse, so that the others are read. One thread.
 */
final class ItemSplitter {
    /** Takes an item; the array is the splitter's again on return. */
    interface Items {
        void item(byte[] b, int from, int to, long index);
    }

    private static final int MOST_RECOVERIES = 100;
    private static final int LONGEST_KEY = 16;
    private static final byte[] ITEMS = "items".getBytes(StandardCharsets.US_ASCII);

    /** First members of events: where one of them opens an object right behind another, a new item begins. */
    private static final byte[][] BEGINNINGS = {
        ascii("},{\"level\":"),
        ascii("},{\"kind\":"),
        ascii("},{\"auditID\":"),
        ascii("},{\"apiVersion\":"),
        ascii("},{\"stage\":")
    };

    private static final byte[][] OF_EVENTS = {
        ascii("auditID"), ascii("stage"), ascii("verb"), ascii("level"), ascii("requestURI")
    };

    private enum Mode {
        /** Between elements. */
        BETWEEN,
        /** In an object or array, which ends where its brackets close. */
        CONTAINER,
        /** In a string. */
        STRING,
        /** In anything else, which ends at a comma or a bracket. */
        SCALAR,
        /** In text outside all JSON, which ends with its line. */
        LINE,
        /** In an EventList, but not in its items. */
        ENVELOPE
    }

    private final Items items;
    private byte[] b = new byte[64 << 10];
    private int scanned;
    private int end;

    private Mode mode = Mode.BETWEEN;
    /** Where the element began. */
    private int start;
    /** How many brackets are open around the elements: 0 for documents, 1 in an array, 2 in a list's items. */
    private int listDepth;

    private int depth;
    private boolean inString;
    private boolean escaped;

    /** At depth 1 of an object at the top: the key being read, and whether the object may still turn out to be a list. */
    private final byte[] key = new byte[LONGEST_KEY];

    private int keyLength;
    private boolean keyComing;
    private boolean inKey;
    private boolean mayBeList;
    private long index;
    /** Behind a string that ended in the start of another item; where that would begin, counted from the element's; 0 if not. */
    private int suspect;
    /** Which of the open brackets are those of arrays, by depth. */
    private final BitSet arrays = new BitSet();

    private int recoveries;

    ItemSplitter(Items items) {
        this.items = items;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** More of the body. */
    void add(ByteBuffer more) {
        int n = more.remaining();
        if (b.length - end < n) {
            b = Arrays.copyOf(b, Math.max(2 * b.length, end + n));
        }
        more.get(b, end, n);
        end += n;
        scan();
        compact();
    }

    /** The body is over. */
    void finish() {
        while (mode != Mode.BETWEEN && mode != Mode.ENVELOPE) {
            if (mode == Mode.LINE || mode == Mode.SCALAR || recoveries >= MOST_RECOVERIES || !recover()) {
                emit(end);
                return;
            }
            scan();
        }
    }

    /** Bytes held for the item that is not complete. */
    int held() {
        return b.length;
    }

    private void compact() {
        boolean keeps = mode != Mode.BETWEEN && mode != Mode.ENVELOPE;
        int from = keeps ? start : scanned;
        if (from > 0) {
            System.arraycopy(b, from, b, 0, end - from);
            scanned -= from;
            end -= from;
            start = 0;
        }
        if (b.length > 1 << 20 && end < b.length / 8) {
            b = Arrays.copyOf(b, Math.max(64 << 10, end));
        }
    }

    private void scan() {
        while (scanned < end) {
            switch (mode) {
                case BETWEEN -> between(b[scanned++]);
                case CONTAINER -> container();
                case STRING -> string();
                case SCALAR -> scalar();
                case LINE -> line();
                case ENVELOPE -> envelope(b[scanned++]);
            }
        }
    }

    private void between(byte c) {
        if ((c <= ' ' && c >= 0) || c == ',') {
            return;
        }
        start = scanned - 1;
        if (c == '[' && listDepth == 0) {
            listDepth = 1;
            depth = 1;
        } else if (c == ']' && listDepth > 0) {
            closeList();
        } else if (c == '{' || c == '[') {
            depth++;
            arrays.set(depth, c == '[');
            mode = Mode.CONTAINER;
            mayBeList = listDepth == 0 && c == '{';
            keyComing = true;
            inKey = false;
        } else if (listDepth == 0) {
            mode = Mode.LINE;
        } else {
            escaped = false;
            mode = c == '"' ? Mode.STRING : Mode.SCALAR;
        }
    }

    private void closeList() {
        depth--;
        if (listDepth == 2) {
            mode = Mode.ENVELOPE;
            keyComing = false;
            inKey = false;
        } else {
            listDepth = 0;
        }
    }

    private void container() {
        while (scanned < end) {
            byte c = b[scanned++];
            if (suspect > 0 && beganInString(c)) {
                return;
            }
            if (inString) {
                if (escaped) {
                    escaped = false;
                } else if (c == '\\') {
                    escaped = true;
                } else if (c == '"') {
                    endString();
                    continue;
                }
                if (inKey) {
                    keyByte(c);
                }
            } else if (c == '"') {
                inString = true;
                if (mayBeList && depth == 1 && keyComing) {
                    beginKey();
                }
            } else if (c == '{' || c == '[') {
                if (c == '[' && mayBeList && depth == 1 && isItems()) {
                    depth = 2;
                    listDepth = 2;
                    mode = Mode.BETWEEN;
                    return;
                }
                depth++;
                arrays.set(depth, c == '[');
            } else if (c == '}' || c == ']') {
                if (arrays.get(depth) != (c == ']') && listDepth > 0) {
                    wrongBracket();
                    return;
                }
                if (--depth == listDepth) {
                    emit(scanned);
                    return;
                }
            } else if (depth == 1 && c == ',') {
                keyComing = true;
            }
        }
    }

    /** The item did not end where it should have: it goes up to the next one, or to here, and this bracket is the list's. */
    private void wrongBracket() {
        if (recoveries < MOST_RECOVERIES && recover()) {
            return;
        }
        int bracket = scanned - 1;
        emit(bracket);
        scanned = bracket;
    }

    private void endString() {
        inString = false;
        if (inKey) {
            inKey = false;
            mayBeList = !isOfAnEvent();
        }
        int quote = scanned - 1;
        if (listDepth > 0 && quote - start > 3 && b[quote - 1] == '{' && b[quote - 2] == ',' && b[quote - 3] == '}') {
            suspect = quote - 1 - start;
        }
    }

    /** No JSON goes on with a letter behind a string: the string did not end, and the next item began in it. */
    private boolean beganInString(byte c) {
        int next = start + suspect;
        suspect = 0;
        if (c < 'a' || c > 'z') {
            return false;
        }
        emit(next - 1);
        scanned = next;
        return true;
    }

    /** Whether the key is one that events have and lists of them have not. */
    private boolean isOfAnEvent() {
        for (byte[] name : OF_EVENTS) {
            if (keyLength == name.length && Arrays.equals(key, 0, keyLength, name, 0, keyLength)) {
                return true;
            }
        }
        return false;
    }

    private void beginKey() {
        keyComing = false;
        inKey = true;
        keyLength = 0;
    }

    private void keyByte(byte c) {
        if (keyLength < LONGEST_KEY) {
            key[keyLength] = c;
        }
        keyLength++;
    }

    private boolean isItems() {
        return keyLength == ITEMS.length && Arrays.equals(key, 0, keyLength, ITEMS, 0, keyLength);
    }

    private void string() {
        while (scanned < end) {
            byte c = b[scanned++];
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                emit(scanned);
                return;
            }
        }
    }

    private void scalar() {
        while (scanned < end) {
            byte c = b[scanned];
            if (c == ',' || c == ']') {
                emit(scanned);
                return;
            }
            scanned++;
        }
    }

    private void line() {
        while (scanned < end) {
            if (b[scanned++] == '\n') {
                emit(scanned - 1);
                return;
            }
        }
    }

    /** Behind the items of a list, up to its closing bracket. */
    private void envelope(byte c) {
        if (inString) {
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == '"') {
                inString = false;
                inKey = false;
                return;
            }
            if (inKey) {
                keyByte(c);
            }
        } else if (c == '"') {
            inString = true;
            if (depth == 1 && keyComing) {
                beginKey();
            }
        } else if (c == '{' || c == '[') {
            if (depth == 1 && (keyComing || (c == '[' && isItems()))) {
                // Items again; or an item behind a bracket too many, which is one of the list's all the same.
                depth = 2;
                listDepth = 2;
                mode = Mode.BETWEEN;
                if (c == '{') {
                    scanned--;
                }
                return;
            }
            depth++;
        } else if (c == '}' || c == ']') {
            if (--depth <= 0) {
                depth = 0;
                listDepth = 0;
                mode = Mode.BETWEEN;
            }
        } else if (depth == 1 && c == ',') {
            keyComing = true;
        }
    }

    private void emit(int to) {
        mode = Mode.BETWEEN;
        depth = listDepth;
        inString = false;
        escaped = false;
        suspect = 0;
        items.item(b, start, to, index++);
    }

    /** Looks for the next item in one that did not end; false if there is none. */
    private boolean recover() {
        int next = listDepth == 0 ? lineEnd() : itemEnd();
        if (next < 0) {
            return false;
        }
        recoveries++;
        emit(next);
        scanned = next;
        return true;
    }

    private int lineEnd() {
        for (int i = start; i < end; i++) {
            if (b[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private int itemEnd() {
        for (int i = start + 1; i < scanned; i++) {
            if (b[i] == '}' && i + 1 < scanned && b[i + 1] == ',') {
                for (byte[] beginning : BEGINNINGS) {
                    if (i + beginning.length <= scanned
                            && Arrays.equals(b, i, i + beginning.length, beginning, 0, beginning.length)) {
                        return i + 1;
                    }
                }
            }
        }
        return -1;
    }
}
