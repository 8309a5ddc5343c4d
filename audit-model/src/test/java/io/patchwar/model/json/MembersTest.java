package io.patchwar.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersTest {
    private static List<String> walked(String json) {
        List<String> seen = new ArrayList<>();
        Slice container = Slice.of(json);
        Members m = new Members(container);
        while (m.next()) {
            seen.add((container.isObject() ? m.key() + "=" : "") + m.value());
        }
        assertThat(m.next()).as("over is over").isFalse();
        return seen;
    }

    @Test
    void walksAnObjectInItsOrder() {
        assertThat(walked("{\"b\":1,\"a\":{\"c\":[]},\"\":\"x\"}")).containsExactly("b=1", "a={\"c\":[]}", "=\"x\"");
        assertThat(walked(" { } ".strip())).isEmpty();
        assertThat(walked("{ \"a\" : 1 , \"b\" : 2 }")).containsExactly("a=1", "b=2");
    }

    @Test
    void walksAnArrayInItsOrder() {
        assertThat(walked("[1, \"2\" ,[3],{\"a\":4}]")).containsExactly("1", "\"2\"", "[3]", "{\"a\":4}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"{}\"", "null"})
    void isOverAtOnceInWhatHoldsNothing(String json) {
        assertThat(walked(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\" 1}", "{a:1}", "{\"a\":1 \"b\":2}", "[1 2]", "{\"a\":,}", "[,]", "{\"a\":1,}"})
    void stopsWhereTheContainerIsBroken(String json) {
        assertThatThrownBy(() -> walked(json))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> assertThat(e.cutOff()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":1", "{\"a\":1,", "{\"a\":", "[1,"})
    void saysThatTheContainerIsCutOff(String json) {
        assertThatThrownBy(() -> walked(json))
                .isInstanceOfSatisfying(
                        MalformedJsonException.class,
                        e -> assertThat(e.cutOff()).isTrue());
    }

    @Test
    void findsTheLastOfOneName() {
        Slice object = Slice.of("{\"a\":1,\"b\":{\"c\":\"x\"},\"a\":2}");
        assertThat(Members.find(object, "a")).hasToString("2");
        assertThat(Members.find(object, "b", "c")).hasToString("\"x\"");
        assertThat(Members.find(object, "z")).isNull();
        assertThat(Members.find(null, "a")).isNull();
        assertThat(Members.find(Slice.of("[1]"), "a")).isNull();
    }

    @Test
    void givesTextsUnescapedAndNoTextForNull() {
        Slice object = Slice.of("{\"a\":\"x\\ny\",\"n\":null,\"i\":12}");
        assertThat(Members.text(object, "a")).isEqualTo("x\ny");
        assertThat(Members.text(object, "n")).isNull();
        assertThat(Members.text(object, "i")).isEqualTo("12");
        assertThat(Members.text(object, "z")).isNull();
    }
}
