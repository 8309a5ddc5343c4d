package io.patchwar.remedies;

import io.patchwar.model.words.SafeText;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text with names to fill in, in braces: {@code {namespace}}, {@code {metallb.namespace}}. What a name stands for comes from an
 * audit log and is hostile: in a command it becomes one word of the shell whatever it says, in a manifest one scalar, and
 * everywhere one line of visible characters. Stateless.
 */
final class Template {
    private static final Pattern NAME = Pattern.compile("\\{([a-z][a-z0-9-]*(?:\\.[a-z]+)?)}");
    private static final Pattern TOKEN = Pattern.compile("\\S*\\{[a-z][a-z0-9-]*(?:\\.[a-z]+)?}\\S*");
    private static final Pattern COMMENT_WITH_QUOTE = Pattern.compile("(^|\\s)#.*['\"`$]");
    private static final Pattern AROUND = Pattern.compile("[A-Za-z0-9._:/-]*");
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9_./:@%+=,][A-Za-z0-9_./:@%+=,-]*");
    private static final Pattern PLAIN_SCALAR = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");
    private static final Set<String> WORDS_OF_YAML =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");
    private static final int LONGEST = 512;

    private Template() {}

    /** What is wrong with a line of commands; empty if nothing is. */
    static String problemInCommand(String line, Predicate<String> known) {
        if (COMMENT_WITH_QUOTE.matcher(line).find()) {
            return "a comment has a quote or a dollar, and not every shell passes over comments that are pasted";
        }
        Matcher names = NAME.matcher(line);
        while (names.find()) {
            if (!known.test(names.group(1))) {
                return "there is no {" + names.group(1) + "} to fill in";
            }
            if (isQuoted(line, names.start())) {
                return "{" + names.group(1) + "} stands in quotes, which a hostile name could end";
            }
        }
        return "";
    }

    /** Whether a shell would take what stands there as quoted. */
    private static boolean isQuoted(String line, int at) {
        char quote = 0;
        for (int i = 0; i < at; i++) {
            char c = line.charAt(i);
            if (c == '\\' && quote != '\'') {
                i++;
            } else if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (quote == c) {
                quote = 0;
            }
        }
        return quote != 0;
    }

    /** What is wrong with a manifest; empty if nothing is. */
    static String problemInManifest(String manifest, Predicate<String> known) {
        Matcher tokens = TOKEN.matcher(manifest);
        while (tokens.find()) {
            Matcher names = NAME.matcher(tokens.group());
            while (names.find()) {
                if (!known.test(names.group(1))) {
                    return "there is no {" + names.group(1) + "} to fill in";
                }
            }
            String around = NAME.matcher(tokens.group()).replaceAll("");
            if (!AROUND.matcher(around).matches() || around.endsWith(":")) {
                return tokens.group() + " is no scalar of its own, so a hostile name could break out of it";
            }
        }
        return "";
    }

    /** A line of commands with every name as part of one word of the shell. */
    static String command(String line, Names names) {
        String namespace = names.scope();
        String scoped = namespace != null && namespace.isEmpty() ? line.replace(" {scope}", "") : line;
        return NAME.matcher(scoped).replaceAll(found -> {
            String name = found.group(1);
            return Matcher.quoteReplacement(name.equals("scope") ? scope(namespace) : word(names.get(name)));
        });
    }

    /** {@code -n shop}; nothing at all for what lives in no namespace. */
    private static String scope(@Nullable String namespace) {
        return namespace == null ? "-n NAMESPACE" : namespace.isEmpty() ? "" : "-n " + word(namespace);
    }

    /** One word of the shell, that no program takes for an option. */
    static String word(String value) {
        String safe = SafeText.of(value, LONGEST);
        if (PLAIN_WORD.matcher(safe).matches()) {
            return safe;
        }
        String quoted = "'" + safe.replace("'", "'\\''") + "'";
        return safe.startsWith("-") ? "'NAME-LIKE-AN-OPTION'" : quoted;
    }

    /** A manifest with every name as part of one scalar. */
    static String manifest(String manifest, Names names) {
        return TOKEN.matcher(manifest).replaceAll(found -> {
            String filled = NAME.matcher(found.group())
                    .replaceAll(name -> Matcher.quoteReplacement(SafeText.of(names.get(name.group(1)), LONGEST)));
            return Matcher.quoteReplacement(scalar(filled));
        });
    }

    static String scalar(String value) {
        boolean plain = PLAIN_SCALAR.matcher(value).matches()
                && !WORDS_OF_YAML.contains(value.toLowerCase(java.util.Locale.ROOT));
        return plain ? value : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
