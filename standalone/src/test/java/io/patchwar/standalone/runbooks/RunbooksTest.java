package io.patchwar.standalone.runbooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchwar.model.WarClass;
import io.patchwar.remedies.Remedies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checked-in runbooks are what the catalogue makes; {@code make runbooks} rewrites them. */
class RunbooksTest {
    private static final Path FOLDER = Path.of("..", "docs", "runbooks");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");

    @Test
    void theCheckedInRunbooksAreThoseOfTheCatalogue() throws IOException {
        Map<String, String> pages = RunbookPages.all();
        if (Boolean.getBoolean("patchwar.runbooks.write")) {
            Files.createDirectories(FOLDER);
            for (Map.Entry<String, String> page : pages.entrySet()) {
                Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
            }
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            assertThat(FOLDER.resolve(page.getKey()))
                    .as("run `make runbooks`, and look at what changed")
                    .content()
                    .isEqualTo(page.getValue());
        }
    }

    @Test
    void everyAlertFindsAPageAndEveryRemedyItsPlace() {
        Map<String, String> pages = RunbookPages.all();
        for (WarClass warClass : WarClass.values()) {
            assertThat(pages.get(warClass.word() + ".md"))
                    .as(warClass.word())
                    .startsWith("# " + warClass.word() + "\n")
                    .contains("## What to do", "\nkubectl ");
        }
        Remedies.all()
                .forEach(chapter -> chapter.remedies().forEach(remedy -> {
                    String anchor = remedy.runbook().substring(remedy.runbook().indexOf('#') + 1);
                    assertThat(pages.get("remedies.md")).containsOnlyOnce("<a id=\"" + anchor + "\"></a>");
                }));
    }

    /** A page that somebody is sent to at night must be there, and so must the line on it. */
    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        Set<String> broken = new HashSet<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
                Matcher links = LINK.matcher(Files.readString(file));
                while (links.find()) {
                    if (!links.group(1).startsWith("http")) {
                        Path target = links.group(1).isEmpty() ? file : file.resolveSibling(links.group(1));
                        if (!Files.exists(target) || !hasAnchor(target, links.group(2))) {
                            broken.add(file.getFileName() + ": " + links.group());
                        }
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean hasAnchor(Path page, String anchor) throws IOException {
        if (anchor == null) {
            return true;
        }
        String text = Files.readString(page);
        return text.contains("<a id=\"" + anchor + "\"></a>")
                || text.lines()
                        .filter(line -> line.startsWith("#"))
                        .map(line -> line.replaceFirst("^#+ ", ""))
                        .map(line -> line.toLowerCase(java.util.Locale.ROOT)
                                .replaceAll("[^a-z0-9 _-]", "")
                                .replace(' ', '-'))
                        .anyMatch(anchor::equals);
    }
}
