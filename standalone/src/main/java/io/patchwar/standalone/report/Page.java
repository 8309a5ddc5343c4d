package io.patchwar.standalone.report;

/** Lines of text, wrapped to a width, in colour where that is wanted. */
public final class Page {
    private static final int NARROWEST = 40;

    private final StringBuilder out = new StringBuilder();
    private final int width;
    private final boolean colour;

    public Page(int width, boolean colour) {
        this.width = Math.max(NARROWEST, width);
        this.colour = colour;
    }

    /** What stands out, and how. */
    public enum Ink {
        PLAIN(""),
        BOLD("1"),
        RED("1;31"),
        YELLOW("1;33"),
        FAINT("2");

        private final String code;

        Ink(String code) {
            this.code = code;
        }
    }

    public Page line(int indent, String text) {
        return line(indent, indent, Ink.PLAIN, text);
    }

    public Page line(int indent, Ink ink, String text) {
        return line(indent, indent, ink, text);
    }

    /** One paragraph; its later lines are indented by {@code hanging}. */
    public Page line(int indent, int hanging, Ink ink, String text) {
        int column = 0;
        boolean first = true;
        String open = colour && ink != Ink.PLAIN ? "\u001b[" + ink.code + "m" : "";
        String close = open.isEmpty() ? "" : "\u001b[0m";
        for (String word : text.split(" ", -1)) {
            if (first) {
                out.append(" ".repeat(indent)).append(open).append(word);
                column = indent + word.length();
                first = false;
            } else if (column + 1 + word.length() > width) {
                out.append(close)
                        .append('\n')
                        .append(" ".repeat(hanging))
                        .append(open)
                        .append(word);
                column = hanging + word.length();
            } else {
                out.append(' ').append(word);
                column += 1 + word.length();
            }
        }
        out.append(close).append('\n');
        return this;
    }

    /** One line that is not wrapped, for it is to be copied. */
    public Page asItIs(int indent, String text) {
        out.append(" ".repeat(text.isEmpty() ? 0 : indent)).append(text).append('\n');
        return this;
    }

    public Page blank() {
        out.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
