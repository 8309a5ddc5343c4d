package io.patchwar.model.audit;

import org.jspecify.annotations.Nullable;

/** The verbs that change objects ({@code k8s.io/apiserver/pkg/endpoints/request/requestinfo.go}). */
public enum Verb {
    CREATE,
    UPDATE,
    PATCH,
    DELETE,
    DELETECOLLECTION;

    /** The verb of that name; null for reads and everything else. */
    static @Nullable Verb of(String word) {
        return switch (word) {
            case "create" -> CREATE;
            case "update" -> UPDATE;
            case "patch" -> PATCH;
            case "delete" -> DELETE;
            case "deletecollection" -> DELETECOLLECTION;
            default -> null;
        };
    }

    /** The word that audit events use. */
    public String word() {
        return switch (this) {
            case CREATE -> "create";
            case UPDATE -> "update";
            case PATCH -> "patch";
            case DELETE -> "delete";
            case DELETECOLLECTION -> "deletecollection";
        };
    }
}
