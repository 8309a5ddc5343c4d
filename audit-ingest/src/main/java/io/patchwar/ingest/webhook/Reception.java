package io.patchwar.ingest.webhook;

import io.patchwar.ingest.pipeline.Batch;
import io.patchwar.ingest.pipeline.NotDurableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.DataFormatException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One body on its way in: read without a thread that waits for it, handed to the pipeline item by item, answered when all of it
 * is durable. One thread at a time.
 */
final class Reception {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final String BUSY = "too much is being read at the moment; come again";

    private final AuditHandler handler;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Batch batch;
    private final ItemSplitter splitter;
    private final @Nullable Gunzip gunzip;
    private final long begun = System.nanoTime();
    private long packed;
    private long taken;
    private boolean answered;

    Reception(AuditHandler handler, Request request, Response response, Callback callback, Batch batch, boolean gzip) {
        this.handler = handler;
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.batch = batch;
        this.splitter = new ItemSplitter(batch::feed);
        this.gunzip = gzip ? new Gunzip(this::take) : null;
    }

    /** Reads what has come in, and asks to be called for more. */
    void read() {
        try {
            while (!answered) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this::read);
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    broken(chunk.getFailure());
                    return;
                }
                boolean last = chunk.isLast();
                try {
                    add(chunk.getByteBuffer());
                } finally {
                    chunk.release();
                }
                if (last && !answered) {
                    finish();
                    return;
                }
            }
        } catch (TooLargeException e) {
            end();
            handler.tooLarge(request, response, callback);
        } catch (DataFormatException e) {
            answer(HttpStatus.BAD_REQUEST_400, "the body is not gzip, though its Content-Encoding says so", null);
        } catch (RuntimeException e) {
            LOG.error("cannot read a body", e);
            answer(HttpStatus.INTERNAL_SERVER_ERROR_500, "an error of ingest itself; its log says which", null);
        }
    }

    private void add(ByteBuffer piece) throws DataFormatException, TooLargeException {
        if (System.nanoTime() - begun > handler.limits().bodyWithin().toNanos()) {
            answer(HttpStatus.REQUEST_TIMEOUT_408, "the body took too long to come in", null);
            return;
        }
        packed += piece.remaining();
        if (gunzip == null) {
            take(piece);
        } else {
            gunzip.add(piece);
        }
    }

    private void take(ByteBuffer plain) throws TooLargeException {
        if (answered) {
            return;
        }
        int n = plain.remaining();
        if (taken + n > handler.limits().body()) {
            throw new TooLargeException();
        }
        if (!handler.budget().take(n)) {
            answer(HttpStatus.SERVICE_UNAVAILABLE_503, BUSY, Duration.ofSeconds(1));
            return;
        }
        taken += n;
        splitter.add(plain);
    }

    private void finish() {
        if (gunzip != null && !gunzip.isWhole()) {
            answer(HttpStatus.BAD_REQUEST_400, "the gzip ends in the middle", null);
            return;
        }
        long lastByte = System.nanoTime();
        splitter.finish();
        // Answers leave on threads of the server, so that no acknowledging thread waits for a socket.
        Executor executor = request.getComponents().getExecutor();
        var unused = batch.commit()
                .orTimeout(handler.limits().answerWithin().toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync((ok, e) -> settled(lastByte, e), executor);
    }

    private void settled(long lastByte, @Nullable Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        handler.metrics().read(packed, Duration.ofNanos(System.nanoTime() - lastByte), cause == null);
        if (cause == null) {
            answer(HttpStatus.OK_200, "ok", null);
        } else if (cause instanceof NotDurableException reason) {
            handler.metrics().notDurable(reason.reason());
            answer(HttpStatus.SERVICE_UNAVAILABLE_503, String.valueOf(reason.getMessage()), reason.retryAfter());
        } else if (cause instanceof TimeoutException) {
            answer(HttpStatus.SERVICE_UNAVAILABLE_503, "it takes too long to make this durable", Duration.ofSeconds(1));
        } else {
            LOG.error("cannot make a body durable", cause);
            answer(HttpStatus.INTERNAL_SERVER_ERROR_500, "an error of ingest itself; its log says which", null);
        }
    }

    /** The connection broke before the body was over; the sender will send all of it again. */
    private void broken(Throwable cause) {
        handler.metrics().broken();
        answered = true;
        end();
        callback.failed(cause);
    }

    private void answer(int status, String what, @Nullable Duration retryAfter) {
        if (answered) {
            return;
        }
        answered = true;
        end();
        if (retryAfter != null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, Math.max(1, retryAfter.toSeconds()));
        }
        handler.refuse(status, what, response, callback);
    }

    private void end() {
        answered = true;
        handler.budget().giveBack(taken);
        taken = 0;
        batch.close();
        if (gunzip != null) {
            gunzip.close();
        }
    }
}
