package io.patchwar.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One shipped Grafana dashboard. */
record Dashboard(String name, JsonNode json) {
    private static final Path FOLDER = Path.of("grafana");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One query of a dashboard, and where it stands. */
    record Query(String where, String expr) {}

    static List<Dashboard> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Dashboard::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Dashboard read(Path file) {
        try {
            return new Dashboard(String.valueOf(file.getFileName()), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All but the rows. */
    List<JsonNode> panels() {
        return stream(json.path("panels"))
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
    }

    List<JsonNode> variables() {
        return stream(json.path("templating").path("list")).toList();
    }

    List<JsonNode> annotations() {
        return stream(json.path("annotations").path("list")).toList();
    }

    /** Every query: of panels, of annotations, of variables. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        panels().forEach(panel -> panel.path("targets")
                .forEach(target -> queries.add(new Query(
                        name + ", panel \"" + panel.path("title").asText() + "\"",
                        target.path("expr").asText()))));
        annotations()
                .forEach(annotation -> queries.add(new Query(
                        name + ", annotation \"" + annotation.path("name").asText() + "\"",
                        annotation.path("expr").asText())));
        variables().stream()
                .filter(variable -> variable.path("type").asText().equals("query"))
                .forEach(variable -> queries.add(new Query(
                        name + ", variable " + variable.path("name").asText(),
                        variable.path("query").path("query").asText())));
        return queries;
    }

    static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items.stream();
    }

    @Override
    public String toString() {
        return name;
    }
}
