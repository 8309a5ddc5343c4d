package io.patchwar.model.audit;

import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A GKE LogEntry read as an audit event. The entry is a lossy model of one: no query, stage, groups or pod, gRPC codes
 * in place of HTTP's, and {@code @type} members added to the bodies (facts: {@code audit-events} 5.2).
 */
final class GkeEntry {
    private GkeEntry() {}

    /** Whether the document is a LogEntry of Cloud Audit Logs. */
    static boolean isEntry(@Nullable Slice payload) {
        String type = Members.text(payload, "@type");
        return type != null && type.endsWith("AuditLog");
    }

    /** Whether that entry is a Kubernetes request; the same log holds those of the cloud itself. */
    static boolean isKubernetes(Slice payload) {
        return "k8s.io".equals(Members.text(payload, "serviceName"));
    }

    /** Fills the head from the entry; the head then is as if an API server's event had been read. */
    static void read(Slice entry, Slice payload, EventHead head, EventParser parser) {
        head.isEvent = true;
        head.auditID = EventHead.orEmpty(Members.text(entry, "insertId"));
        head.account = EventHead.orEmpty(Members.text(Members.find(payload, "authenticationInfo"), "principalEmail"));
        head.userAgent =
                EventHead.orEmpty(Members.text(Members.find(payload, "requestMetadata"), "callerSuppliedUserAgent"));
        head.time = Timestamps.parse(EventHead.orEmpty(Members.text(entry, "timestamp")));
        head.received = head.time;
        head.request = body(Members.find(payload, "request"));
        Slice response = body(Members.find(payload, "response"));
        if (response != null) {
            parser.readReply(response);
        }
        String method = EventHead.orEmpty(Members.text(payload, "methodName"));
        head.verb = method.substring(method.lastIndexOf('.') + 1);
        String resource = EventHead.orEmpty(Members.text(payload, "resourceName"));
        head.uri = "/" + resource;
        readResource(resource, method, head);
        readCode(Members.find(payload, "status"), head);
        Slice labels = Members.find(entry, "labels");
        if (labels != null) {
            Members m = new Members(labels);
            while (m.next()) {
                head.readAnnotation(m.key(), m.value().text());
            }
        }
    }

    private static @Nullable Slice body(@Nullable Slice body) {
        return body != null && body.isObject() ? body : null;
    }

    /** {@code <group|core>/<version>[/namespaces/<namespace>]/<resource>[/<name>[/<subresource>]]}. */
    private static void readResource(String path, String method, EventHead head) {
        String[] part = path.split("/", -1);
        if (part.length < 3) {
            return;
        }
        head.objectSeen = true;
        head.group = part[0].equals("core") ? "" : part[0];
        int i = 2;
        boolean namespaceItself = method.startsWith("io.k8s.core.")
                && method.split("\\.", -1).length > 4
                && method.split("\\.", -1)[4].equals("namespaces");
        if (part[2].equals("namespaces") && part.length > 4 && !namespaceItself) {
            head.namespace = part[3];
            i = 4;
        }
        head.resource = part[i];
        head.name = part.length > i + 1 ? part[i + 1] : "";
        head.subresource = part.length > i + 2 ? part[i + 2] : "";
    }

    private static void readCode(@Nullable Slice status, EventHead head) {
        if (head.response != null && head.statusReply) {
            head.readStatus(head.response);
            if (head.code != 0) {
                return;
            }
        }
        Slice code = Members.find(status, "code");
        head.message = EventHead.orEmpty(Members.text(status, "message"));
        head.code = httpCode(code == null ? "0" : code.raw());
    }

    /** HTTP codes for the gRPC ones that the API server's errors are mapped to ({@code google.rpc.Code}). */
    private static int httpCode(String grpc) {
        String whole = grpc.endsWith(".0") ? grpc.substring(0, grpc.length() - 2) : grpc;
        return switch (whole) {
            case "0" -> 200;
            case "3", "9", "11" -> 422;
            case "5" -> 404;
            case "6", "10" -> 409;
            case "7" -> 403;
            case "8" -> 429;
            case "16" -> 401;
            case "4" -> 504;
            default -> 500;
        };
    }
}
