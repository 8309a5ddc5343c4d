package io.patchwar.fields;

import io.patchwar.model.Rejection;
import io.patchwar.model.audit.AuditEvent;
import io.patchwar.model.json.Members;
import io.patchwar.model.json.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads why a write was refused: the policy that denied it, the rival of an apply, the fields that are named. */
final class Rejections {
    private static final int LONGEST_MESSAGE = 400;
    private static final int MOST_CAUSES = 20;
    private static final Pattern POLICY = Pattern.compile(
            "(?:ValidatingAdmissionPolicy '([^']{1,253})'|admission webhook \"([^\"]{1,253})\" denied)");
    private static final Pattern ELEMENT = Pattern.compile("\\[=\"([^\"]*)\"]");
    private static final Pattern QUOTED = Pattern.compile("=\"([^\"]*)\"");
    private static final Pattern ENTRY = Pattern.compile(
            "((?:.*\\.)?(?:labels|annotations|matchLabels|nodeSelector|data))\\.([^\\[\\]]*[./][^\\[\\]]*)");
    private static final Pattern RIVAL = Pattern.compile("conflict with \"([^\"]{1,128})\"");

    /** @param silent leaves out the server's words, which may repeat a value */
    Rejection of(AuditEvent event, boolean silent) {
        List<String> managers = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        Slice causes = Members.find(event.status() == null ? null : Members.find(event.status(), "details"), "causes");
        if (causes != null) {
            Members m = new Members(causes);
            for (int i = 0; i < MOST_CAUSES && m.next(); i++) {
                readCause(m.value(), managers, fields);
            }
        }
        String message = event.message();
        String shown = message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "…" : message;
        return new Rejection(event.code(), event.reason(), silent ? "" : shown, policy(message), managers, fields);
    }

    private static void readCause(Slice cause, List<String> managers, List<String> fields) {
        String field = Members.text(cause, "field");
        if (field != null && field.length() < 500) {
            String path = path(field);
            if (!path.isEmpty() && !fields.contains(path)) {
                fields.add(path);
            }
        }
        String message = Members.text(cause, "message");
        if ("FieldManagerConflict".equals(Members.text(cause, "reason")) && message != null) {
            Matcher rival = RIVAL.matcher(message);
            if (rival.find() && !managers.contains(rival.group(1))) {
                managers.add(rival.group(1));
            }
        }
    }

    /** As paths are written here; an apply's conflict puts a dot before, keys in quotes, and none of the brackets around a name with dots. */
    private static String path(String field) {
        if (!field.startsWith(".")) {
            return field;
        }
        String path = ELEMENT.matcher(field.substring(1)).replaceAll("[$1]");
        path = QUOTED.matcher(path).replaceAll("=$1");
        Matcher entry = ENTRY.matcher(path);
        return entry.matches() ? entry.group(1) + "[" + entry.group(2) + "]" : path;
    }

    private static @Nullable String policy(String message) {
        Matcher m = POLICY.matcher(message.length() > 2_000 ? message.substring(0, 2_000) : message);
        if (!m.find()) {
            return null;
        }
        return m.group(1) != null ? m.group(1) : m.group(2);
    }
}
