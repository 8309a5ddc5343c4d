package io.patchwar.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docker-compose.yml, as far as the tests look into it: services with what they merge, and variables at their defaults. */
record ComposeFile(JsonNode json) {
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{\\w+:-([^}]*)}");

    static ComposeFile read() throws IOException {
        return new ComposeFile(
                new YAMLMapper().readTree(TOP.resolve("docker-compose.yml").toFile()));
    }

    /** All of them, in the file's order. */
    List<Service> services() {
        List<Service> services = new ArrayList<>();
        json.path("services").properties().forEach(entry -> services.add(service(entry.getKey())));
        return services;
    }

    Service service(String name) {
        ObjectNode own = json.path("services").path(name).deepCopy();
        JsonNode merged = own.remove("<<");
        if (merged != null) {
            // Jackson leaves an alias as the anchor's name; ours stand under x-NAME.
            ObjectNode all = json.path("x-" + merged.asText()).deepCopy();
            all.setAll(own);
            own = all;
        }
        return new Service(name, own);
    }

    /** One service. */
    record Service(String name, JsonNode json) {
        String image() {
            return text("image");
        }

        /** What stands there, each variable at its default. */
        String text(String key) {
            return defaults(json.path(key).asText());
        }

        List<String> texts(String key) {
            return Dashboard.stream(json.path(key))
                    .map(item -> defaults(item.asText()))
                    .toList();
        }

        boolean isReadOnly() {
            return json.path("read_only").asBoolean();
        }

        Map<String, String> environment() {
            Map<String, String> environment = new TreeMap<>();
            json.path("environment")
                    .properties()
                    .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
            return environment;
        }

        private static String defaults(String text) {
            return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(found.group(1)));
        }
    }
}
