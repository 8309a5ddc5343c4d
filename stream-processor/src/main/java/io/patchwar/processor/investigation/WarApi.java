package io.patchwar.processor.investigation;

import com.fasterxml.jackson.core.JsonGenerator;
import io.patchwar.processor.board.BoardReader;
import io.patchwar.processor.board.BoardView;
import io.patchwar.processor.board.Standing;
import io.patchwar.service.http.HttpFront;
import io.patchwar.service.http.TextHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/wars}, {@code /api/v1/wars/ID} and {@code /api/v1/conflicts}, of the whole board; {@code docs/api.md} is
 * its description. Read-only. Thread-safe.
 */
public final class WarApi {
    private static final String WARS = "/api/v1/wars";
    private static final String CONFLICTS = "/api/v1/conflicts";
    private static final String FRONT_PAGE = """
            Patchwar: which Kubernetes controllers are fighting over which field.

              /api/v1/wars            wars and findings as JSON; filters: class, severity, state, cluster, namespace, resource
              /api/v1/wars/ID         one of them
              /api/v1/conflicts       wars with one cause
              /livez /readyz          health
              /metrics                for Prometheus
            """;

    private final Supplier<@Nullable BoardView> board;
    private final Supplier<BoardReader.Restore> restore;
    private final Supplier<InputSeen> input;

    /** Versions of the board are this run's own; an asker who comes back after a restart must not take them for the old ones. */
    private final String run =
            HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    /**
     * @param board what it shows now; null until it has caught up
     * @param restore how far it is with that
     * @param input what this instance has read
     */
    public WarApi(
            Supplier<@Nullable BoardView> board, Supplier<BoardReader.Restore> restore, Supplier<InputSeen> input) {
        this.board = board;
        this.restore = restore;
        this.input = input;
    }

    /** Adds its paths, and a front page that names them. */
    public void addTo(HttpFront front) {
        front.serve(WARS, new Answers(this::list));
        front.serve(WARS + "/*", new Answers(this::one));
        front.serve(CONFLICTS, new Answers(this::conflicts));
        front.serve("/", new FrontPage());
    }

    private Reply list(Request request) {
        return asked(request, (view, question) -> json -> BoardJson.writeList(view, question, input.get(), json));
    }

    private Reply conflicts(Request request) {
        return asked(request, (view, question) -> json -> BoardJson.writeConflicts(view, question, json));
    }

    private interface Answering {
        Reply.Body body(BoardView view, Question question);
    }

    private Reply asked(Request request, Answering answering) {
        Question question;
        try {
            question = Question.of(query(request));
        } catch (BadQuestion e) {
            return Reply.problem(400, "Bad question", String.valueOf(e.getMessage()), e.known(), Map.of());
        }
        BoardView view = board.get();
        if (view == null) {
            return restoring();
        }
        return fresh(request, view, question.toString(), answering.body(view, question));
    }

    private Reply one(Request request) {
        String id = path(request)
                .substring(Math.min(WARS.length() + 1, path(request).length()));
        if (!query(request).isEmpty()) {
            return Reply.problem(400, "Bad question", "one war takes no parameters", List.of(), Map.of());
        }
        BoardView view = board.get();
        if (view == null) {
            return restoring();
        }
        for (Standing standing : view.standings()) {
            if (standing.war().id().equals(id)) {
                return fresh(request, view, "war " + id, json -> BoardJson.write(standing, json));
            }
        }
        return Reply.problem(
                404,
                "No such war",
                "no war or finding \"" + id + "\" is on the board: it may be over for longer than it is kept, have been"
                        + " withdrawn (a finding whose object turned out to be at war), or the id, 16 hexadecimal digits,"
                        + " may be cut short; " + WARS + " lists all",
                List.of(),
                Map.of());
    }

    private static String path(Request request) {
        String path = request.getHttpURI().getCanonicalPath();
        return path == null ? "" : path;
    }

    private static Fields query(Request request) {
        return Request.extractQueryParameters(request);
    }

    /** The body, unless the asker has the very same. */
    private Reply fresh(Request request, BoardView view, String question, Reply.Body body) {
        String etag = "W/\"" + run + "-" + view.version() + "-" + Integer.toHexString(question.hashCode()) + "\"";
        // Tags of ours hold no comma; Jetty's reader of lists stumbles over the W/ of a weak one.
        for (String header : request.getHeaders().getValuesList(HttpHeader.IF_NONE_MATCH)) {
            for (String known : header.split(",", -1)) {
                if (known.strip().equals(etag) || known.strip().equals("*")) {
                    return Reply.unchanged(etag);
                }
            }
        }
        return Reply.of(etag, body);
    }

    private Reply restoring() {
        BoardReader.Restore now = restore.get();
        return Reply.problem(
                503,
                "Restoring",
                "this instance reads what is known, and has " + now.percent() + " %; ask again in a moment",
                List.of(),
                Map.of(HttpHeader.RETRY_AFTER.asString(), "2"));
    }

    /** Answers a path. What it does may take a while, so not on a selector's thread. */
    private static final class Answers extends Handler.Abstract {
        private final Function<Request, Reply> answer;

        private Answers(Function<Request, Reply> answer) {
            this.answer = answer;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Reply reply;
            if (HttpMethod.GET.is(request.getMethod()) || HttpMethod.HEAD.is(request.getMethod())) {
                reply = answered(request);
            } else {
                reply = Reply.problem(
                        405,
                        "Read-only",
                        "only GET and HEAD",
                        List.of(),
                        Map.of(HttpHeader.ALLOW.asString(), "GET, HEAD"));
            }
            send(reply, response, callback);
            return true;
        }

        private Reply answered(Request request) {
            try {
                return answer.apply(request);
            } catch (IllegalArgumentException e) {
                return Reply.problem(
                        400, "Bad question", "the query cannot be read; is it URL-encoded?", List.of(), Map.of());
            }
        }

        private static void send(Reply reply, Response response, Callback callback) {
            response.setStatus(reply.status());
            SecurityHeaders.put(response.getHeaders());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
            reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            if (reply.status() == 304) {
                callback.succeeded();
                return;
            }
            try (OutputStream out = Content.Sink.asOutputStream(response);
                    JsonGenerator json = BoardJson.generator(out)) {
                reply.body().write(json);
                json.writeRaw('\n');
            } catch (IOException e) {
                callback.failed(e);
                return;
            }
            callback.succeeded();
        }
    }

    /** Says where to look, and that there is nothing elsewhere. */
    private static final class FrontPage extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            boolean front = path(request).equals("/");
            SecurityHeaders.put(response.getHeaders());
            TextHandler.send(
                    TextHandler.Answer.plain(
                            front ? 200 : 404, front ? FRONT_PAGE : "nothing here; / says what there is\n"),
                    response,
                    callback);
            return true;
        }
    }
}
