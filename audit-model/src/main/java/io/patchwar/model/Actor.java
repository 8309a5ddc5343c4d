package io.patchwar.model;

import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import org.jspecify.annotations.Nullable;

/**
 * Who made a request, at three levels ({@code detection.md} 1): the authenticated (or impersonated) account; the
 * program, as the field manager or the user agent names it; the instance, a pod where the token names one, else the
 * user agent's whole text. The source address never decides.
 *
 * @param account empty where the API server knew none
 * @param program never empty; {@code unknown} where the client named none
 * @param instance empty where the client named none
 * @param inPod whether {@code instance} is a pod's name
 */
public record Actor(String account, String program, String instance, boolean inPod) {

    /** The account of what the API server itself changed in somebody's request. */
    public static final String ADMISSION = "admission";

    /** Program of a client that named neither a field manager nor a user agent. */
    public static final String UNKNOWN_PROGRAM = "unknown";

    /** Admission as an actor; the program is the webhook's name, {@code unknown} where nothing names it. */
    public static Actor admission(String program) {
        return new Actor(ADMISSION, program, "", false);
    }

    /**
     * Whether two writes are by different actors: other accounts; or other programs that do not share a pod; or other
     * instances of one program. One pod is one actor, whatever its requests call themselves.
     */
    public boolean differsFrom(Actor other) {
        if (!account.equals(other.account)) {
            return true;
        }
        return !instance.equals(other.instance) || (!program.equals(other.program) && !sharesPodWith(other));
    }

    /** Whether both are requests of one pod under one account. */
    public boolean sharesPodWith(Actor other) {
        return inPod && other.inPod && instance.equals(other.instance) && account.equals(other.account);
    }

    /** By hand, as is {@link #hashCode}: asked for every write. */
    @Override
    public boolean equals(@Nullable Object o) {
        return this == o
                || (o instanceof Actor other
                        && inPod == other.inPod
                        && account.equals(other.account)
                        && program.equals(other.program)
                        && instance.equals(other.instance));
    }

    @Override
    public int hashCode() {
        int h = 31 * account.hashCode() + program.hashCode();
        return 31 * (31 * h + instance.hashCode()) + Boolean.hashCode(inPod);
    }

    /** Whether both are requests under one account with one user agent, and of no pod. */
    public boolean isOfAgent(Actor other) {
        return !inPod
                && !other.inPod
                && !instance.isEmpty()
                && instance.equals(other.instance)
                && account.equals(other.account);
    }

    /** Whether the program is the user agent's first word: then the request named no field manager, or one of that name. */
    public boolean isNamedByAgent() {
        int slash = instance.indexOf('/');
        String firstWord = slash < 0 ? instance : instance.substring(0, slash);
        return !inPod && program.equals(firstWord.strip());
    }

    /** Writes itself, once for all places where an equal one stands. */
    public void write(StateWriter out) {
        out.value(this, hashCode(), actor -> {
            out.word(actor.account);
            out.word(actor.program);
            out.word(actor.instance);
            out.flag(actor.inPod);
        });
    }

    /** Reads what {@link #write} wrote. */
    public static Actor read(StateReader in) {
        return in.value(Actor.class, () -> new Actor(in.word(), in.word(), in.word(), in.flag()));
    }
}
