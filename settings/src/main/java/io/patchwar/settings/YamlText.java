package io.patchwar.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From what people wrote to nodes: a key that stands twice is refused, and so is a second document. Stateless. */
final class YamlText {
    private YamlText() {}

    /**
     * The document's mapping; missing if it has no content.
     *
     * @throws YamlProblems if it is no YAML, or no mapping
     */
    static JsonNode mapping(InputStream in) throws IOException, YamlProblems {
        JsonNode root;
        try {
            root = YamlTree.read(in);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            String where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw new YamlProblems(List.of(where + "not YAML as it should be: " + firstLine(e.getOriginalMessage())));
        }
        if (root.isMissingNode() || root.isNull()) {
            return MissingNode.getInstance();
        }
        if (!root.isObject()) {
            throw new YamlProblems(List.of("the document must be a mapping, key: value"));
        }
        return root;
    }

    /** What stands in the environment is YAML, too: a number, a flag, a [list], a {mapping}; anything else is a text. */
    static JsonNode value(String text) {
        try {
            return YamlTree.read(text);
        } catch (IOException e) {
            return TextNode.valueOf(text);
        }
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
