package io.patchwar.watch.live;

import io.patchwar.model.Actor;
import io.patchwar.model.ObjectRef;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.audit.Outcome;
import io.patchwar.model.audit.Verb;
import io.patchwar.model.json.Slice;
import io.patchwar.model.state.CorruptStateException;
import io.patchwar.model.state.StateReader;
import io.patchwar.model.state.StateWriter;
import org.jspecify.annotations.Nullable;

/** A held event as a value of the memory; its object stands in the key. Stateless. */
final class EventCodec {
    private EventCodec() {}

    static void write(AuditEvent event, StateWriter out) {
        out.id(event.auditID());
        out.time(event.received());
        out.time(event.time());
        out.text(event.uri());
        out.text(event.verb().word());
        event.actor().write(out);
        out.maybeText(event.fieldManager());
        out.text(event.subresource());
        out.maybeText(event.uid());
        out.maybeText(event.baseVersion());
        out.maybeText(event.version());
        out.number(event.code());
        out.text(event.reason());
        out.text(event.message());
        write(event.status(), out);
        write(event.request(), out);
        write(event.response(), out);
        out.maybeText(event.admission());
        out.text(event.source());
        boolean slimmed = event.replyBytes() != length(event.response());
        out.octet((event.force() ? 1 : 0) | (event.truncated() ? 2 : 0) | (slimmed ? 4 : 0));
        out.octet(code(event.outcome()));
        if (slimmed) {
            out.number(event.replyBytes());
        }
    }

    static AuditEvent read(StateReader in, ObjectRef object) {
        var auditID = in.id();
        var received = in.time();
        var time = in.time();
        var uri = in.text();
        var verb = verb(in.text());
        var actor = Actor.read(in);
        var fieldManager = in.maybeText();
        var subresource = in.text();
        var uid = in.maybeText();
        var baseVersion = in.maybeText();
        var version = in.maybeText();
        var code = in.number(Integer.MAX_VALUE);
        var reason = in.text();
        var message = in.text();
        var status = slice(in);
        var request = slice(in);
        var response = slice(in);
        var admission = in.maybeText();
        var source = in.text();
        var flags = in.octet();
        var outcome = outcome(in.octet());
        var replyBytes = (flags & 4) != 0 ? in.number(Integer.MAX_VALUE) : length(response);
        in.finish();
        return new AuditEvent(
                auditID,
                received,
                time,
                uri,
                verb,
                actor,
                fieldManager,
                (flags & 1) != 0,
                object,
                subresource,
                uid,
                baseVersion,
                version,
                code,
                reason,
                message,
                status,
                request,
                response,
                replyBytes,
                (flags & 2) != 0,
                admission,
                source,
                outcome);
    }

    private static void write(@Nullable Slice body, StateWriter out) {
        out.flag(body != null);
        if (body != null) {
            out.bytes(body.bytes(), body.from(), body.to());
        }
    }

    private static int length(@Nullable Slice body) {
        return body == null ? 0 : body.length();
    }

    private static @Nullable Slice slice(StateReader in) {
        return in.flag() ? Slice.of(in.bytes()) : null;
    }

    private static Verb verb(String word) {
        for (Verb verb : Verb.values()) {
            if (verb.word().equals(word)) {
                return verb;
            }
        }
        throw new CorruptStateException("no verb: " + word.length() + " characters");
    }

    private static int code(Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> 0;
            case REJECTED -> 1;
            case UNKNOWN -> 2;
        };
    }

    private static Outcome outcome(int code) {
        return switch (code) {
            case 0 -> Outcome.ACCEPTED;
            case 1 -> Outcome.REJECTED;
            case 2 -> Outcome.UNKNOWN;
            default -> throw new CorruptStateException("no outcome has the code " + code);
        };
    }
}
