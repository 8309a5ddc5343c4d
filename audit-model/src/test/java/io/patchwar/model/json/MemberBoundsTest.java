package io.patchwar.model.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberBoundsTest {
    private static final String BODY =
            "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\",\"managedFields\":[{}]},\"spec\":{\"n\":[1]},\"items\":[2,3]}";

    @Test
    void sayWhereObjectsAndArraysEnd() {
        int spec = BODY.indexOf("{\"n\"");

        assertThat(boundsOf(BODY).end(spec)).isEqualTo(spec + "{\"n\":[1]}".length());
        assertThat(boundsOf(BODY).end(spec + 1)).isEqualTo(-1);
        assertThat(boundsOf(BODY).end(BODY.indexOf("\"Pod\""))).isEqualTo(-1);
    }

    @Test
    void holdOfABodyWithoutAPartOfOneMember() {
        int cut = BODY.indexOf(",\"managedFields\"");
        holdWithout(cut, BODY.indexOf("},\"spec\""));
    }

    @Test
    void holdOfABodyWithoutAWholeMember() {
        holdWithout(BODY.indexOf(",\"spec\""), BODY.indexOf(",\"items\""));
        holdWithout(BODY.indexOf("\"metadata\""), BODY.indexOf("\"spec\""));
        holdWithout(BODY.indexOf(",\"items\""), BODY.length() - 1);
    }

    private static void holdWithout(int cutFrom, int cutTo) {
        String left = BODY.substring(0, cutFrom) + BODY.substring(cutTo);
        byte[] padded = ("..." + left).getBytes(StandardCharsets.UTF_8);
        Slice known = Slice.of(padded, 3, padded.length, boundsOf(BODY).without(cutFrom, cutTo));

        assertThat(ends(known.bounds(), left)).isEqualTo(ends(boundsOf(left), left));
        assertThat(values(known)).isEqualTo(values(Slice.of(left)));
    }

    private static List<Integer> ends(MemberBounds bounds, String body) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < body.length(); i++) {
            ends.add(bounds.end(i));
        }
        return ends;
    }

    private static MemberBounds boundsOf(String body) {
        List<Integer> stretches = new ArrayList<>();
        Members m = new Members(Slice.of(body));
        while (m.next()) {
            if (m.value().isObject() || m.value().isArray()) {
                stretches.add(m.valueFrom());
                stretches.add(m.valueTo());
            }
        }
        return MemberBounds.of(stretches.stream().mapToInt(i -> i).toArray(), stretches.size());
    }

    private static List<String> values(Slice body) {
        List<String> values = new ArrayList<>();
        Members m = new Members(body);
        while (m.next()) {
            values.add(m.value().raw());
        }
        return values;
    }
}
