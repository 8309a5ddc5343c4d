package io.patchwar.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Texts of Secrets go where the API server stores them. */
class StringDataTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void goesOverTheData() throws IOException {
        assertThat(folded("{\"data\":{\"a\":\"b2xk\",\"b\":\"b2xk\"},\"stringData\":{\"a\":\"new\"}}"))
                .isEqualTo("{\"data\":{\"a\":\"bmV3\",\"b\":\"b2xk\"}}");
    }

    @Test
    void goesWhereThereWasNoData() throws IOException {
        assertThat(folded("{\"stringData\":{\"a\":\"\"}}")).isEqualTo("{\"data\":{\"a\":\"\"}}");
        assertThat(folded("{\"data\":null,\"stringData\":{\"a\":\"é\"}}")).isEqualTo("{\"data\":{\"a\":\"w6k=\"}}");
    }

    @Test
    void asksNothingWithoutATextInIt() throws IOException {
        assertThat(folded("{\"type\":\"Opaque\",\"stringData\":{}}")).isEqualTo("{\"type\":\"Opaque\"}");
        assertThat(folded("{\"stringData\":null}")).isEqualTo("{}");
        assertThat(folded("{\"stringData\":[\"a\"]}")).isEqualTo("{}");
        assertThat(folded("{\"data\":{\"a\":\"b2xk\"},\"stringData\":{\"a\":null}}"))
                .isEqualTo("{\"data\":{\"a\":\"b2xk\"}}");
    }

    @Test
    void leavesADigestOfIngestAsItIs() throws IOException {
        String digest = "digest:0123456789abcdef0123456789abcdef";

        assertThat(folded("{\"stringData\":{\"a\":\"" + digest + "\"}}"))
                .isEqualTo("{\"data\":{\"a\":\"" + digest + "\"}}");
        assertThat(folded("{\"stringData\":{\"a\":\"digest:0123\"}}"))
                .isEqualTo("{\"data\":{\"a\":\"ZGlnZXN0OjAxMjM=\"}}");
    }

    @Test
    void takesThePlaceOfTheOperationThatAddedIt() throws IOException {
        ArrayNode patch = (ArrayNode)
                JSON.readTree(
                        "[{\"op\":\"test\",\"path\":\"/type\",\"value\":\"Opaque\"},"
                                + "{\"op\":\"add\",\"path\":\"/stringData\",\"value\":{\"a/b\":\"new\"}},{\"op\":\"remove\",\"path\":\"/data/c\"}]");

        StringData.fold(patch);

        assertThat(patch)
                .hasToString(
                        "[{\"op\":\"test\",\"path\":\"/type\",\"value\":\"Opaque\"},"
                                + "{\"op\":\"add\",\"path\":\"/data/a~1b\",\"value\":\"bmV3\"},{\"op\":\"remove\",\"path\":\"/data/c\"}]");
    }

    private static String folded(String secret) throws IOException {
        ObjectNode tree = (ObjectNode) JSON.readTree(secret);
        StringData.fold(tree);
        return tree.toString();
    }
}
