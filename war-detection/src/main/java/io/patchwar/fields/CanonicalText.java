package io.patchwar.fields;

import io.patchwar.fields.KubernetesSchema.Node;
import io.patchwar.model.FieldValue;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import io.patchwar.model.json.Words;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for each JSON value, however it was written: members are sorted, absent and null and empty are one, derived leaves
 * are left out, quantities are numbers. A buffer to which such texts are written as UTF-8, one behind the other, used again for
 * the next. One thread.
 */
final class CanonicalText {
    private static final int DEEPEST = 100;

    /** So many members are put in order by hand; more go into a tree. */
    private static final int FEW = 32;

    private static final int ROOM = 1 << 12;
    private static final int MOST_ROOM = 1 << 16;

    private final DigestKey key;
    private final Words words = new Words(1 << 9);
    private byte[] bytes = new byte[ROOM];
    private int length;

    /** Whether all that was written since {@link #clear} is ASCII, a byte a character. */
    private boolean ascii = true;

    CanonicalText(DigestKey key) {
        this.key = key;
    }

    /** Begins anew. */
    void clear() {
        length = 0;
        ascii = true;
        if (bytes.length > MOST_ROOM) {
            bytes = new byte[ROOM];
        }
    }

    /** How much was written: where the next text begins. */
    int length() {
        return length;
    }

    /** Takes back what was written from there on. */
    void cutTo(int from) {
        length = from;
    }

    /** A digest of what was written from there on, by which it is told from all else; neither 0 nor 1. */
    long digest(int from) {
        return reserved(key.hash(bytes, from, length));
    }

    /** How many characters were written from there on, as {@link String#length} counts them. */
    int characters(int from) {
        return ascii ? length - from : text(from).length();
    }

    /** What was written from there on. */
    String text(int from) {
        return new String(bytes, from, length - from, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    /** 0 and 1 stand for "absent" and "present". */
    static long reserved(long digest) {
        return digest == 0 || digest == 1 ? 2 : digest;
    }

    /** What an item's digest adds to that of a list in any order. */
    static long mix(long digest) {
        long z = (digest ^ (digest >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** Whether a scalar is written as its canonical text is: no escapes, nothing but ASCII, no number with more than one spelling. */
    static boolean isItsOwn(Slice scalar) {
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

    /** Writes the value's text; returns a digest that no order of lists changes. */
    long write(Slice value, Node node) {
        return write(value, node, 0);
    }

    /** Writes that character of a text that the caller puts together. */
    void mark(char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    /** Writes such a text, between quotes. */
    void quote(String text) {
        mark('"');
        int from = length;
        utf8(text);
        int marks = 0;
        for (int i = from; i < length; i++) {
            marks += isMark(bytes[i]) ? 1 : 0;
        }
        if (marks > 0) {
            room(marks);
            escape(from, marks);
        }
        mark('"');
    }

    /** Puts a backslash before each quote and backslash from there on, of which there are so many. */
    private void escape(int from, int marks) {
        int to = length + marks;
        int behind = to;
        for (int i = length - 1; i >= from; i--) {
            bytes[--behind] = bytes[i];
            if (isMark(bytes[i])) {
                bytes[--behind] = '\\';
            }
        }
        length = to;
    }

    private static boolean isMark(byte b) {
        return b == '"' || b == '\\';
    }

    private long write(Slice value, Node node, int depth) {
        if (depth > DEEPEST) {
            int from = length;
            utf8(value.raw());
            return digest(from);
        }
        if (value.isObject()) {
            return writeObject(value, node, depth);
        }
        if (value.isArray()) {
            return writeList(value, node, depth);
        }
        int from = length;
        writeScalar(value, node);
        return digest(from);
    }

    private long writeList(Slice list, Node node, int depth) {
        mark('[');
        int first = length;
        long sum = FieldValue.NO_ITEMS;
        Members m = new Members(list);
        while (m.next()) {
            if (length > first) {
                mark(',');
            }
            sum += mix(write(m.value(), node.item(), depth + 1));
        }
        mark(']');
        return sum;
    }

    /** A member, and where its name stands in the value's buffer, between its quotes. */
    private record Member(String name, int nameFrom, int nameTo, Slice value) {}

    private long writeObject(Slice object, Node node, int depth) {
        mark('{');
        int first = length;
        long sum = 17;
        for (Member member : sorted(object)) {
            Slice inner = Canonical.orAbsent(member.value());
            if (inner == null) {
                continue;
            }
            if (length > first) {
                mark(',');
            }
            int from = length;
            writeName(member);
            sum = sum * 31 + digest(from);
            mark(':');
            sum = sum * 31 + write(inner, node.field(member.name()), depth + 1);
        }
        mark('}');
        return sum;
    }

    private void writeName(Member member) {
        byte[] b = member.value().bytes();
        boolean asItStands = true;
        for (int i = member.nameFrom(); i < member.nameTo(); i++) {
            asItStands &= b[i] >= ' ' && b[i] != '\\';
        }
        if (asItStands) {
            copy(b, member.nameFrom() - 1, member.nameTo() + 1);
        } else {
            quote(member.name());
        }
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
            Member member = new Member(name, m.keyFrom(), m.keyTo(), m.value());
            if (many != null) {
                many.put(name, member);
            } else {
                insert(member, members);
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

    private void writeScalar(Slice value, Node node) {
        if (node.quantity()) {
            String quantity = Quantities.canonical(value.text());
            if (quantity != null) {
                quote(quantity);
                return;
            }
        }
        if (isItsOwn(value)) {
            copy(value.bytes(), value.from(), value.to());
        } else if (value.isString()) {
            quote(value.text());
        } else if (value.isNumber()) {
            utf8(number(value.raw()));
        } else {
            // A word: letters and digits alone.
            copy(value.bytes(), value.from(), value.to());
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

    private void utf8(String text) {
        byte[] b = text.getBytes(StandardCharsets.UTF_8);
        copy(b, 0, b.length);
        ascii &= b.length == text.length();
    }

    private void copy(byte[] b, int from, int to) {
        room(to - from);
        System.arraycopy(b, from, bytes, length, to - from);
        length += to - from;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
