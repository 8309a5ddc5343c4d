package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldValue;
import io.patchwar.model.FieldValue.Shape;
import io.patchwar.model.json.JsonScan;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns JSON values into {@link FieldValue}s: one text for each value, however it was written. Members are sorted,
 * absent and null and empty are one, derived leaves are left out, quantities are numbers. One thread.
 */
final class Canonical {
    private static final int LONGEST_TEXT = 400;
    private static final int DEEPEST = 100;

    /** So many members are put in order by hand; more go into a tree. */
    private static final int FEW = 32;

    private static final int MOST_SCRATCH = 1 << 16;

    private final DigestKey key;
    private final Words words = new Words(1 << 9);
    private final Values values = new Values();
    private StringBuilder scratch = new StringBuilder();

    Canonical(DigestKey key) {
        this.key = key;
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
        long hash = key.quickHash(slice.bytes(), slice.from(), slice.to());
        FieldValue known = values.find(hash, node, disclosure);
        if (known != null) {
            return known;
        }
        FieldValue made = made(slice, node, disclosure);
        values.add(hash, node, disclosure, made);
        return made;
    }

    private FieldValue made(Slice slice, Node node, Disclosure disclosure) {
        if (disclosure != Disclosure.DIGEST && !node.quantity() && isItsOwnText(slice)) {
            boolean string = slice.isString();
            String text = new String(
                    slice.bytes(),
                    slice.from() + (string ? 1 : 0),
                    slice.length() - (string ? 2 : 0),
                    StandardCharsets.ISO_8859_1);
            long digest = reserved(key.hash(slice.bytes(), slice.from(), slice.to()));
            return new FieldValue(disclosure.show(text, digest), digest, digest, shape(slice, text));
        }
        StringBuilder text = scratch;
        text.setLength(0);
        long orderless = write(slice, node, 0, text);
        String canonical = text.toString();
        if (text.capacity() > MOST_SCRATCH) {
            scratch = new StringBuilder();
        }
        long digest = disclosure == Disclosure.DIGEST ? reserved(key.digest(canonical)) : hash(canonical);
        String shown = slice.isString() ? slice.text() : canonical;
        return new FieldValue(
                disclosure.show(shown, digest), digest, slice.isArray() ? orderless : digest, shape(slice, shown));
    }

    /** Whether a scalar is written as its canonical text is: no escapes, nothing but ASCII, no number with more than one spelling. */
    private static boolean isItsOwnText(Slice scalar) {
        byte[] b = scalar.bytes();
        boolean string = scalar.isString();
        if (!string && !(scalar.isNumber() && scalar.length() <= 40)) {
            return false;
        }
        for (int i = scalar.from(); i < scalar.to(); i++) {
            byte c = b[i];
            if (c < ' ' || (string ? c == '\\' : c == '.' || c == 'e' || c == 'E')) {
                return false;
            }
        }
        return true;
    }

    /** The order of a list whose items are compared one by one: the same whatever else changes in them. */
    FieldValue order(String text, Set<Map<String, String>> keys, Disclosure disclosure) {
        long sum = 7;
        for (Map<String, String> item : keys) {
            sum += mix(hash(item.toString()));
        }
        long digest = hash("order:" + text);
        return new FieldValue(disclosure.show(text, digest), digest, sum, Shape.LIST);
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

    /** Appends the canonical text; returns a digest that no order of lists changes. */
    private long write(Slice value, Node node, int depth, StringBuilder out) {
        if (depth > DEEPEST) {
            out.append(value.raw());
            return hash(value.raw());
        }
        if (value.isObject()) {
            return writeObject(value, node, depth, out);
        }
        if (value.isArray()) {
            out.append('[');
            long sum = FieldValue.NO_ITEMS;
            String comma = "";
            Members m = new Members(value);
            while (m.next()) {
                out.append(comma);
                sum += mix(write(m.value(), node.item(), depth + 1, out));
                comma = ",";
            }
            out.append(']');
            return sum;
        }
        int start = out.length();
        writeScalar(value, node, out);
        return reserved(key.hash(out, start, out.length()));
    }

    private record Member(String name, Slice value) {}

    private long writeObject(Slice value, Node node, int depth, StringBuilder out) {
        out.append('{');
        long sum = 17;
        String comma = "";
        for (Member member : sorted(value)) {
            Slice inner = orAbsent(member.value());
            if (inner == null) {
                continue;
            }
            out.append(comma);
            quote(member.name(), out);
            out.append(':');
            sum = sum * 31 + hash(member.name());
            sum = sum * 31 + write(inner, node.field(member.name()), depth + 1, out);
            comma = ",";
        }
        out.append('}');
        return sum;
    }

    /** The members that count, by their names; of a name that is given twice the last. */
    private Collection<Member> sorted(Slice object) {
        List<Member> members = new ArrayList<>();
        Map<String, Member> many = null;
        Members m = new Members(object);
        while (m.next()) {
            String name = words.text(m.bytes(), m.keyFrom(), m.keyTo());
            if (Derived.isDerived(name)) {
                continue;
            }
            if (many != null) {
                many.put(name, new Member(name, m.value()));
            } else {
                insert(new Member(name, m.value()), members);
                many = members.size() < FEW ? null : byName(members);
            }
        }
        return many == null ? members : many.values();
    }

    private static Map<String, Member> byName(List<Member> members) {
        Map<String, Member> byName = new TreeMap<>();
        members.forEach(member -> byName.put(member.name(), member));
        return byName;
    }

    /** Puts it in its place among a few, which is near the end. */
    private static void insert(Member member, List<Member> members) {
        int at = members.size();
        int order = 1;
        while (at > 0 && order > 0) {
            order = members.get(at - 1).name().compareTo(member.name());
            at -= order > 0 ? 1 : 0;
        }
        if (order == 0) {
            members.set(at - 1, member);
        } else {
            members.add(at, member);
        }
    }

    private static void writeScalar(Slice value, Node node, StringBuilder out) {
        if (node.quantity()) {
            String quantity = Quantities.canonical(value.text());
            if (quantity != null) {
                out.append('"').append(quantity).append('"');
                return;
            }
        }
        if (isItsOwnText(value)) {
            byte[] b = value.bytes();
            for (int i = value.from(); i < value.to(); i++) {
                out.append((char) b[i]);
            }
        } else if (value.isString()) {
            quote(value.text(), out);
        } else if (value.isNumber()) {
            out.append(number(value.raw()));
        } else {
            out.append(value.raw());
        }
    }

    /** One spelling for each number: doubles out of a protobuf Struct equal the integers they were. */
    private static String number(String raw) {
        if (raw.length() > 40 || (raw.indexOf('.') < 0 && raw.indexOf('e') < 0 && raw.indexOf('E') < 0)) {
            return raw;
        }
        try {
            BigDecimal value = new BigDecimal(raw);
            boolean tame = Math.abs((long) value.scale()) < 40;
            return tame
                    ? (value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString())
                    : raw;
        } catch (NumberFormatException e) {
            return raw;
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private long hash(String text) {
        return reserved(key.hash(text, 0, text.length()));
    }

    /** 0 and 1 stand for "absent" and "present". */
    private static long reserved(long digest) {
        return digest == 0 || digest == 1 ? 2 : digest;
    }

    private static long mix(long digest) {
        long z = (digest ^ (digest >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** How much of a value may be told. */
    enum Disclosure {
        /** As it is, shortened. */
        PLAIN {
            @Override
            String show(String text, long digest) {
                return shorten(text, LONGEST_TEXT);
            }
        },
        /** A first impression only. */
        BRIEF {
            @Override
            String show(String text, long digest) {
                return shorten(text, 40);
            }
        },
        /** Nothing but a name for it, by which one sees that it is the same again. */
        DIGEST {
            @Override
            String show(String text, long digest) {
                return "digest:" + String.format("%016x", digest);
            }
        };

        abstract String show(String text, long digest);

        private static String shorten(String text, int most) {
            if (text.length() <= most) {
                return text;
            }
            int cut = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
            return text.substring(0, cut) + "… (" + text.length() + " characters)";
        }
    }
}
