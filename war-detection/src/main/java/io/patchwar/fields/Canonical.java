package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldValue;
import io.patchwar.model.FieldValue.Shape;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON values into {@link FieldValue}s: one for each value, however it was written ({@link CanonicalText} says which
 * spellings are one). A list is told by its items' digests, so that of a long one only the items that are new are read. One thread.
 */
final class Canonical {
    private final DigestKey key;
    private final CanonicalText text;
    private final Values values = new Values();
    private final KnownItems knownItems = new KnownItems();

    Canonical(DigestKey key) {
        this.key = key;
        this.text = new CanonicalText(key);
    }

    /** Null, or a container without anything in it: as good as not there. */
    static @Nullable Slice orAbsent(@Nullable Slice value) {
        if (value == null || value.isNull()) {
            return null;
        }
        boolean container = value.isObject() || value.isArray();
        return container && isEmpty(value) ? null : value;
    }

    private static boolean isEmpty(Slice container) {
        byte[] b = container.bytes();
        int first = JsonScan.skipSpace(b, container.from() + 1, container.to());
        return first < container.to() && (b[first] == '}' || b[first] == ']');
    }

    /** The value, {@link FieldValue#ABSENT} for null. */
    FieldValue value(@Nullable Slice slice, Node node, Disclosure disclosure) {
        if (slice == null) {
            return FieldValue.ABSENT;
        }
        long hash = key.hash(slice.bytes(), slice.from(), slice.to());
        FieldValue known = values.find(hash, node, disclosure);
        if (known != null) {
            return known;
        }
        FieldValue made = made(slice, node, disclosure);
        values.add(hash, node, disclosure, made);
        return made;
    }

    private FieldValue made(Slice slice, Node node, Disclosure disclosure) {
        text.clear();
        if (disclosure == Disclosure.DIGEST) {
            return secret(slice, node);
        }
        if (slice.isArray()) {
            return list(slice, node, disclosure);
        }
        if (!node.quantity() && CanonicalText.isItsOwn(slice)) {
            return asItStands(slice, disclosure);
        }
        text.write(slice, node);
        long digest = text.digest(0);
        String shown = slice.isString() ? slice.text() : text.text(0);
        return new FieldValue(disclosure.begin(shown), shown.length(), digest, digest, shape(slice, shown));
    }

    private FieldValue secret(Slice slice, Node node) {
        long orderless = text.write(slice, node);
        long digest = CanonicalText.reserved(key.digest(text.text(0)));
        Shape shape = shape(slice, slice.isString() ? slice.text() : "");
        return FieldValue.of(digestText(digest), digest, slice.isArray() ? orderless : digest, shape);
    }

    private FieldValue asItStands(Slice slice, Disclosure disclosure) {
        int quotes = slice.isString() ? 1 : 0;
        int characters = slice.length() - 2 * quotes;
        String shown = new String(
                slice.bytes(),
                slice.from() + quotes,
                Math.min(characters, disclosure.most),
                StandardCharsets.ISO_8859_1);
        long digest = CanonicalText.reserved(key.hash(slice.bytes(), slice.from(), slice.to()));
        return new FieldValue(
                shown, characters, digest, digest, characters > shown.length() ? Shape.TEXT : shape(slice, shown));
    }

    /** The items' texts are put together only as far as they are shown. */
    private FieldValue list(Slice list, Node node, Disclosure disclosure) {
        long orderless = FieldValue.NO_ITEMS;
        long digest = FieldValue.NO_ITEMS;
        int characters = 1;
        boolean shown = true;
        text.mark('[');
        Members m = new Members(list);
        for (boolean more = m.next(); more; ) {
            Slice item = m.value();
            long hash = key.hash(item.bytes(), item.from(), item.to());
            int known = shown ? KnownItems.NONE : knownItems.find(hash, node);
            if (known == KnownItems.NONE) {
                int from = text.length();
                long sum = text.write(item, node.item());
                known = knownItems.add(hash, node, text.digest(from), sum, text.characters(from));
                if (!shown) {
                    text.cutTo(from);
                }
            }
            digest = key.join(digest, knownItems.digest(known));
            orderless += CanonicalText.mix(knownItems.orderless(known));
            more = m.next();
            characters += knownItems.characters(known) + (more ? 1 : 0);
            if (shown && more) {
                text.mark(',');
            }
            shown = characters <= disclosure.most;
        }
        if (characters < disclosure.most) {
            text.mark(']');
        }
        return new FieldValue(
                disclosure.begin(text.text(0)), characters + 1, CanonicalText.reserved(digest), orderless, Shape.LIST);
    }

    /** The order of a list whose items are compared one by one: the same whatever else changes in them. */
    FieldValue order(String keys, Set<Map<String, String>> items, Disclosure disclosure) {
        long sum = 7;
        for (Map<String, String> item : items) {
            sum += CanonicalText.mix(digest(item.toString()));
        }
        long digest = digest("order:" + keys);
        return disclosure == Disclosure.DIGEST
                ? FieldValue.of(digestText(digest), digest, sum, Shape.LIST)
                : new FieldValue(disclosure.begin(keys), keys.length(), digest, sum, Shape.LIST);
    }

    private static Shape shape(Slice slice, String text) {
        if (slice.isArray() || slice.isObject()) {
            return Shape.LIST;
        }
        if (slice.isNumber()) {
            return Shape.NUMBER;
        }
        boolean time = slice.isString()
                && text.length() >= 20
                && text.length() <= 35
                && text.charAt(4) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':';
        return time ? Shape.TIME : Shape.TEXT;
    }

    private long digest(String name) {
        byte[] b = name.getBytes(StandardCharsets.UTF_8);
        return CanonicalText.reserved(key.hash(b, 0, b.length));
    }

    /** A name for a value, by which one sees that it is the same again. */
    private static String digestText(long digest) {
        return "digest:" + String.format("%016x", digest);
    }

    /** How much of a value may be told. */
    enum Disclosure {
        /** As it is, shortened. */
        PLAIN(400),
        /** A first impression only. */
        BRIEF(40),
        /** Nothing but a name for it. */
        DIGEST(0);

        /** So many characters of it. */
        private final int most;

        Disclosure(int most) {
            this.most = most;
        }

        private String begin(String text) {
            if (text.length() <= most) {
                return text;
            }
            return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
        }
    }
}
