package io.patchwar.processor.measuring;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A body that fails once it is longer than may be, instead of filling the heap. */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
    private final HttpResponse.BodySubscriber<byte[]> whole = HttpResponse.BodySubscribers.ofByteArray();
    private final int most;
    private Flow.@Nullable Subscription subscription;
    private long bytes;

    LimitedBody(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        whole.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
        bytes += items.stream().mapToLong(ByteBuffer::remaining).sum();
        Flow.Subscription given = subscription;
        if (bytes > most && given != null) {
            given.cancel();
            whole.onError(new IOException("the answer is longer than " + most + " bytes"));
        } else {
            whole.onNext(items);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.onError(failure);
    }

    @Override
    public void onComplete() {
        whole.onComplete();
    }
}
