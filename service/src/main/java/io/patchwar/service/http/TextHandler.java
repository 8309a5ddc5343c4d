package io.patchwar.service.http;

import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers GET and HEAD with a text made anew each time. Thread-safe if what makes the text is. */
public final class TextHandler extends Handler.Abstract.NonBlocking {
    /**
     * What to answer.
     *
     * @param status of HTTP
     * @param type of the content, with its charset
     */
    public record Answer(int status, String type, String body) {
        public static Answer plain(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body);
        }
    }

    private final Supplier<Answer> answers;

    public TextHandler(Supplier<Answer> answers) {
        this.answers = answers;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            send(
                    new Answer(HttpStatus.METHOD_NOT_ALLOWED_405, "text/plain; charset=utf-8", "only GET\n"),
                    response,
                    callback);
            return true;
        }
        send(answers.get(), response, callback);
        return true;
    }

    /** Sends the answer, with the headers that keep a browser from guessing and a cache from keeping. */
    public static void send(Answer answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.type());
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        Content.Sink.write(response, true, answer.body(), callback);
    }
}
