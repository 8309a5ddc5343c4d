package io.patchwar.service.http;

import io.patchwar.service.health.Check;
import io.patchwar.service.health.Health;
import io.patchwar.service.http.TextHandler.Answer;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpStatus;

/** {@code /livez} and {@code /readyz}: 200 if every check is fine, else 503, and a line for each check. Stateless. */
public final class HealthPages {
    private HealthPages() {}

    public static void addTo(HttpFront front, Health health) {
        front.serve("/livez", new TextHandler(() -> answer(health.liveness())));
        front.serve("/readyz", new TextHandler(() -> answer(health.readiness())));
    }

    private static Answer answer(List<Check> checks) {
        boolean ok = checks.stream().allMatch(Check::ok);
        String body = checks.stream().map(check -> check + "\n").collect(Collectors.joining());
        return Answer.plain(
                ok ? HttpStatus.OK_200 : HttpStatus.SERVICE_UNAVAILABLE_503, body.isEmpty() ? "ok\n" : body);
    }
}
