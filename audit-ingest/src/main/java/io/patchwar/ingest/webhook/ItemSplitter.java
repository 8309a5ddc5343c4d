package io.patchwar.ingest.webhook;

import io.patchwar.model.json.JsonScan;
import java.nio.ByteBuffer;
import java.util.Arrays;

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

    private final OpenBrackets brackets = new OpenBrackets();
    private boolean inString;
    private boolean escaped;
    private final TopKey key = new TopKey();
    /** Whether the object at the top may still turn out to be a list. */
    private boolean mayBeList;

    private long index;
    /** Behind a string that ended in the start of another item; where that would begin, counted from the element's; 0 if not. */
    private int suspect;

    private int recoveries;

    ItemSplitter(Items items) {
        this.items = items;
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
            brackets.reset(1);
        } else if (c == ']' && listDepth > 0) {
            closeList();
        } else if (c == '{' || c == '[') {
            brackets.open(c);
            mode = Mode.CONTAINER;
            mayBeList = listDepth == 0 && c == '{';
            key.expect(true);
            key.end();
        } else if (listDepth == 0) {
            mode = Mode.LINE;
        } else {
            escaped = false;
            mode = c == '"' ? Mode.STRING : Mode.SCALAR;
        }
    }

    private void closeList() {
        brackets.close();
        if (listDepth == 2) {
            mode = Mode.ENVELOPE;
            key.expect(false);
            key.end();
        } else {
            listDepth = 0;
        }
    }

    private void container() {
        while (scanned < end) {
            if (inString) {
                if (!restOfString()) {
                    return;
                }
                endString();
                continue;
            }
            byte c = b[scanned++];
            if (suspect > 0 && beganInString(c)) {
                return;
            }
            if (c == '"') {
                inString = true;
                if (mayBeList && brackets.depth() == 1 && key.isComing()) {
                    key.begin();
                }
            } else if (c == '{' || c == '[') {
                if (c == '[' && mayBeList && brackets.depth() == 1 && key.isItems()) {
                    beginItems();
                    return;
                }
                brackets.open(c);
            } else if (c == '}' || c == ']') {
                if (listDepth > 0 && !brackets.matches(c)) {
                    wrongBracket();
                    return;
                }
                if (brackets.close() == listDepth) {
                    emit(scanned);
                    return;
                }
            } else if (c == ',' && brackets.depth() == 1) {
                key.expect(true);
            }
        }
    }

    private void beginItems() {
        brackets.reset(2);
        listDepth = 2;
        mode = Mode.BETWEEN;
    }

    /** Passes over what is left of a string, and its quote; false if it goes on behind what is here. */
    private boolean restOfString() {
        int from = scanned;
        int at = escaped ? from + 1 : from;
        int quote = JsonScan.closingQuote(b, at, end);
        // A backslash that ends what is here escapes the first byte of what comes.
        escaped = quote > end;
        if (key.isBeingRead()) {
            for (int i = from; i < Math.min(quote, end); i++) {
                key.add(b[i]);
            }
        }
        scanned = Math.min(quote + 1, end);
        return quote < end;
    }

    private void endString() {
        inString = false;
        if (key.isBeingRead()) {
            key.end();
            mayBeList = !key.isOfAnEvent();
        }
        int quote = scanned - 1;
        if (listDepth > 0 && NextItem.beginsAt(b, start, quote)) {
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

    /** The item did not end where it should have: it goes up to the next one, or to here, and this bracket is the list's. */
    private void wrongBracket() {
        if (recoveries < MOST_RECOVERIES && recover()) {
            return;
        }
        int bracket = scanned - 1;
        emit(bracket);
        scanned = bracket;
    }

    private void string() {
        if (restOfString()) {
            emit(scanned);
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
            scanned--;
            if (restOfString()) {
                inString = false;
                key.end();
            }
        } else if (c == '"') {
            inString = true;
            if (brackets.depth() == 1 && key.isComing()) {
                key.begin();
            }
        } else if (c == '{' || c == '[') {
            if (brackets.depth() == 1 && (key.isComing() || (c == '[' && key.isItems()))) {
                // Items again; or an item behind a bracket too many, which is one of the list's all the same.
                beginItems();
                if (c == '{') {
                    scanned--;
                }
                return;
            }
            brackets.open(c);
        } else if (c == '}' || c == ']') {
            if (brackets.close() <= 0) {
                brackets.reset(0);
                listDepth = 0;
                mode = Mode.BETWEEN;
            }
        } else if (brackets.depth() == 1 && c == ',') {
            key.expect(true);
        }
    }

    private void emit(int to) {
        mode = Mode.BETWEEN;
        brackets.reset(listDepth);
        inString = false;
        escaped = false;
        suspect = 0;
        items.item(b, start, to, index++);
    }

    /** Looks for the next item in one that did not end; false if there is none. */
    private boolean recover() {
        int next = listDepth == 0 ? NextItem.onLine(b, start, end) : NextItem.inList(b, start, scanned);
        if (next < 0) {
            return false;
        }
        recoveries++;
        emit(next);
        scanned = next;
        return true;
    }
}
