package io.patchwar.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchwar.scenario.cluster.Admission;
import io.patchwar.scenario.cluster.Caller;
import io.patchwar.scenario.cluster.Reply;
import io.patchwar.scenario.cluster.Request;
import io.patchwar.scenario.cluster.ScenarioCluster;
import io.patchwar.scenario.cluster.WriteStyle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Plays a scenario on a cluster and gives its audit log. The same run gives the same bytes. A write that is answered
 * otherwise than the scenario says is an error: the story would not be the one that was told.
 */
public final class ScenarioPlay {

    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");

    private record Moment(Instant at, int round, Step.Deed deed) {}

    private final Scenario.Run run;
    private final ScenarioCluster cluster;
    private final Clients clients;

    private ScenarioPlay(Scenario.Run run) {
        this.run = run;
        Scenario scenario = run.scenario();
        long seed = (scenario.id() + run.variant()).hashCode();
        this.cluster = new ScenarioCluster(run.level(), new Admission(scenario.cluster()), seed);
        this.clients = new Clients(scenario.actors(), cluster, run.variant());
    }

    public static List<byte[]> log(Scenario.Run run) {
        return new ScenarioPlay(run).play();
    }

    private List<byte[]> play() {
        Instant at = START;
        for (Scenario.Present present : run.scenario().objects()) {
            at = at.plusMillis(20);
            create(present, at);
        }
        clients.lookAround(run.scenario().objects());
        List<Moment> moments = new ArrayList<>();
        run.scenario().steps().forEach(step -> collect(step, START, 0, moments));
        moments.sort(Comparator.comparing(Moment::at));
        moments.forEach(this::perform);
        return cluster.log();
    }

    private void create(Scenario.Present present, Instant at) {
        Target on = present.on();
        ObjectNode body = on.kind().head(on.kind().version(), on.namespace(), on.name());
        Clients.merge(body, present.body());
        if (present.by() != null && body.has("status")) {
            throw new IllegalArgumentException(run.scenario().id() + ": a create stores no status: " + on);
        }
        String by = present.by() == null ? "admin" : present.by();
        Caller caller = Objects.requireNonNull(run.scenario().actors().get(by), by);
        Request create = clients.plain(caller, "create", null, on, "", body);
        if (present.by() != null) {
            check(cluster.handle(create, at), 0, create);
            return;
        }
        cluster.seed(create, START.minus(Duration.ofDays(1)));
        if (body.has("status") && !body.path("status").isEmpty()) {
            cluster.seed(
                    clients.plain(caller, "update", WriteStyle.PUT, on, "status", body),
                    START.minus(Duration.ofDays(1)));
        }
    }

    private static void collect(Step step, Instant from, int round, List<Moment> into) {
        for (int i = 0; i < step.times(); i++) {
            Instant at = from.plus(step.at()).plus(step.every().multipliedBy(i));
            int inner = step.times() > 1 ? i : round;
            if (step.deed() instanceof Step.Group group) {
                group.steps().forEach(each -> collect(each, at, inner, into));
            } else {
                into.add(new Moment(at, inner, step.deed()));
            }
        }
    }

    private void perform(Moment moment) {
        if (moment.deed() instanceof Step.Etcd etcd) {
            if (etcd.what().equals("snapshot")) {
                cluster.snapshot();
            } else {
                cluster.restore();
            }
        } else if (moment.deed() instanceof Step.Write write) {
            Request request = clients.request(write, new Template(moment.round(), moment.at()));
            Reply reply = cluster.handle(request, moment.at());
            check(reply, write.answers(), request);
            clients.saw(write, reply);
        }
    }

    private void check(Reply reply, int expected, Request request) {
        if (expected == 0 ? !reply.accepted() : reply.code() != expected) {
            JsonNode said = reply.body();
            throw new IllegalStateException(run.scenario().id() + ": " + request.verb() + " " + request.uri() + " by "
                    + request.by().account() + " was answered " + reply.code() + ": " + said);
        }
    }
}
