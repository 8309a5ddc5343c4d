package io.patchwar.processor.alerting;

import java.time.Duration;

/**
 * What came of one request to an Alertmanager.
 *
 * @param status of HTTP, 0 if there was no answer
 * @param text the answer's beginning, or what went wrong and what to do; safe to show
 * @param took from the request to that
 */
public record PostResult(int status, String text, Duration took) {
    static PostResult none(String why, Duration took) {
        return new PostResult(0, why, took);
    }

    /** Whether the alerts were taken. */
    public boolean isAccepted() {
        return status >= 200 && status < 300;
    }

    /** Whether the same may work at once: nobody answered, or somebody who is in trouble. */
    boolean mayPass() {
        return status == 0 || status == 429 || status >= 500;
    }

    /** Whether it was the alerts' fault, so that some of them may be taken without the others. */
    boolean isAboutContent() {
        return status == 400 || status == 413 || status == 422;
    }

    @Override
    public String toString() {
        String answer = status == 0 ? "no answer" : "HTTP " + status;
        return text.isEmpty() ? answer : answer + ", " + text;
    }
}
