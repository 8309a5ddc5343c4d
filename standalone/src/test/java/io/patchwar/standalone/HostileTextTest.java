package io.patchwar.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may put into a log must not act on whoever reads the report. */
class HostileTextTest {
    private static final String MARKUP =
            "`|<script>alert(1)</script>[x](http://evil.example) https://evil.example www.evil.example"
                    + " ~~s~~ ![i](//evil.example/i) **b** __c__ a\\\\|b \\| ``` &lt; me@evil.example \\";

    /** Everything that a client chooses. */
    private enum Place {
        ACCOUNT {
            @Override
            LogLines put(String text) {
                return new LogLines().by(text, "b").war(8);
            }
        },
        AGENT {
            @Override
            LogLines put(String text) {
                return new LogLines().agent(text).war(8);
            }
        },
        NAME {
            @Override
            LogLines put(String text) {
                return new LogLines().name(text).war(8);
            }
        },
        FIELD {
            @Override
            LogLines put(String text) {
                return new LogLines().key(text).war(8);
            }
        },
        VALUE {
            @Override
            LogLines put(String text) {
                return new LogLines().values(text, text + "2").war(8);
            }
        },
        MESSAGE {
            @Override
            LogLines put(String text) {
                return new LogLines().work(1).refused(20, text);
            }
        };

        abstract LogLines put(String text);
    }

    @ParameterizedTest
    @EnumSource
    void terminalEscapesNewlinesAndMarksStayWhereTheyStand(Place place) {
        String log = place.put(
                        "x\u001b[2J\u001b]0;owned\u0007\r\nInjected: line\u202egnp.exe\u200b\u2066\u0085\u009b31m")
                .toString();
        for (String format : new String[] {"text", "markdown"}) {
            CommandLineRun run = CommandLineRun.reading(log, "scan", "--format", format, "-");
            assertThat(run.out()).as(format).contains("u001b");
            assertThat(run.out().replace("\n", "")).as(format).doesNotContainPattern("[\\p{Cc}\\p{Cf}]");
            assertThat(run.out().lines()).as(format).noneMatch(line -> line.startsWith("Injected"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMegabyteBecomesALine(Place place) {
        String log = place.put("m".repeat(1 << 20)).toString();
        for (String format : new String[] {"text", "markdown"}) {
            CommandLineRun run = CommandLineRun.reading(log, "scan", "--format", format, "-");
            assertThat(run.exitStatus()).isIn(0, 1);
            assertThat(run.out()).as(format).hasSizeLessThan(20_000);
        }
    }

    /** A ticket with hostile text in it is built as one without: no node more, no node less. */
    @ParameterizedTest
    @EnumSource
    void markupIsNoMarkupInATicket(Place place) {
        assertThat(structure(place.put(MARKUP))).isEqualTo(structure(place.put("plain")));
    }

    private static Map<String, Integer> structure(LogLines log) {
        CommandLineRun run = CommandLineRun.reading(log.toString(), "scan", "--format=markdown", "-");
        Parser parser = Parser.builder()
                .extensions(List.of(TablesExtension.create(), AutolinkExtension.create()))
                .build();
        Map<String, Integer> nodes = new TreeMap<>();
        count(parser.parse(run.out()), nodes);
        // Text with a pipe in it stands in no code span.
        List.of("Text", "Code").forEach(nodes::remove);
        assertThat(nodes).containsKey("Paragraph").doesNotContainKeys("Link", "Image", "HtmlInline", "HtmlBlock");
        return nodes;
    }

    private static void count(Node node, Map<String, Integer> nodes) {
        nodes.merge(node.getClass().getSimpleName(), 1, Integer::sum);
        for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
            count(child, nodes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "markdown", "json"})
    void halfASurrogatePairBreaksNothing(String format) {
        String log = new LogLines().values("SURROGATE", "b").war(8).toString().replace("SURROGATE", "\\ud800");
        assertThat(CommandLineRun.reading(log, "scan", "--format", format, "-").exitStatus())
                .isEqualTo(1);
    }
}
