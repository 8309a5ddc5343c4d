package io.patchwar.service.health;

/**
 * Whether a part works, and if not, why and what to do.
 *
 * @param part its name, as in logs
 * @param ok whether it works
 * @param detail the cause where it does not, and what to do next; else a word on how it does. Safe to show, without secrets
 */
public record Check(String part, boolean ok, String detail) {
    public static Check ok(String part, String detail) {
        return new Check(part, true, detail);
    }

    public static Check failed(String part, String detail) {
        return new Check(part, false, detail);
    }

    @Override
    public String toString() {
        return (ok ? "ok      " : "FAILED  ") + part + (detail.isEmpty() ? "" : ": " + detail);
    }
}
