package io.patchwar.scenario;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** All scenario files on the class path, in a directory or in a jar. */
public final class Scenarios {

    private static final String CAST = "cast.yaml";

    private Scenarios() {}

    /** Every scenario, by name of its file; an unreadable one is an error. */
    public static List<Scenario> all() {
        URL cast = Objects.requireNonNull(Scenarios.class.getResource("/scenarios/" + CAST), "no scenarios");
        try {
            URI uri = cast.toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    return all(jar.getPath("/scenarios"));
                }
            }
            return all(Path.of(uri).resolveSibling("."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Scenario named(String id) {
        return all().stream()
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such scenario: " + id));
    }

    private static List<Scenario> all(Path directory) throws IOException {
        Cast cast;
        try (InputStream yaml = Files.newInputStream(directory.resolve(CAST))) {
            cast = Cast.read(new Section(new YAMLMapper().readTree(yaml), CAST));
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> {
                        String name = String.valueOf(each.getFileName());
                        return name.endsWith(".yaml") && !name.equals(CAST);
                    })
                    .sorted()
                    .map(each -> read(each, cast))
                    .toList();
        }
    }

    private static Scenario read(Path file, Cast cast) {
        String id = String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", "");
        try (InputStream yaml = Files.newInputStream(file)) {
            return new ScenarioFile(id, yaml, cast).read();
        } catch (IOException e) {
            throw new UncheckedIOException(id, e);
        }
    }
}
